import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import sqlite3
    db = sqlite3.connect(path)
    db.execute('create table invoice (id integer primary key, customer text, cents integer, note text)')
    db.executemany('insert into invoice values (?,?,?,?)', ((i, f'customer {i * 37 % 60_000}', i * 7 % 99_991, f'delivery {i} at gate {i % 40}') for i in range(60_000)))
    db.commit()
    db.close()


def model():
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
    class Base(DeclarativeBase): pass
    class Invoice(Base):
        __tablename__ = 'invoice'
        id: Mapped[int] = mapped_column(primary_key=True)
        customer: Mapped[str]
        cents: Mapped[int]
        note: Mapped[str]
    return Invoice


@case('75b session.scalars().all() over a big table')
class _:
    def setup():
        import sqlalchemy.orm
        fixture('d5_invoices.db', build)
    def bad():
        import sqlalchemy as sa
        from sqlalchemy.orm import Session
        invoice = model()
        with Session(sa.create_engine('sqlite:///' + D + '/d5_invoices.db')) as s:
            return sum(row.cents for row in s.scalars(sa.select(invoice)).all() if row.note.endswith('7'))
    def good():
        import sqlalchemy as sa
        from sqlalchemy.orm import Session
        invoice = model()
        with Session(sa.create_engine('sqlite:///' + D + '/d5_invoices.db')) as s:
            return sum(row.cents for row in s.scalars(sa.select(invoice).execution_options(yield_per=500)) if row.note.endswith('7'))


if __name__ == "__main__":
    kept = run()
