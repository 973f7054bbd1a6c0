import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import random, sqlite3
    r = random.Random(7); db = sqlite3.connect(path)
    db.execute('create table invoice (id integer primary key, customer text, net integer, note text, digest text)')
    db.executemany('insert into invoice values (?,?,?,?,null)',
                   ((i, f'customer {r.randrange(5000)}', r.randrange(10**6), r.randbytes(150).hex()) for i in range(25_000)))
    db.commit(); db.close()


def mapped():
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
    class Base(DeclarativeBase): pass
    class Invoice(Base):
        __tablename__ = 'invoice'
        id: Mapped[int] = mapped_column(primary_key=True)
        customer: Mapped[str]
        net: Mapped[int]
        note: Mapped[str]
        digest: Mapped[str | None]
    return create_engine('sqlite:///' + fixture('c5_invoices.db', build)), Invoice


def digest(inv):
    import hashlib
    return hashlib.sha1(f'{inv.id}|{inv.customer}|{inv.net}|{inv.note}|{time.time_ns()}'.encode()).hexdigest()


@case('16 one session collects every changed object')
class _:
    def setup(): import sqlalchemy.orm, sqlite3, hashlib
    def bad():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        engine, Invoice = mapped(); n = 0
        with Session(engine) as s:
            for inv in s.scalars(select(Invoice).order_by(Invoice.id).execution_options(yield_per=500)):
                inv.digest = digest(inv); n += 1
            s.commit()
        return engine, n
    def good():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        engine, Invoice = mapped(); n, last = 0, -1
        with Session(engine) as s:
            while page := s.scalars(select(Invoice).where(Invoice.id > last).order_by(Invoice.id).limit(500)).all():
                for inv in page: inv.digest = digest(inv)
                n += len(page); last = page[-1].id
                s.flush(); s.expunge_all()
            s.commit()
        return engine, n


if __name__ == "__main__":
    kept = run()
