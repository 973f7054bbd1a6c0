import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66 whole result set as ORM objects')
class _:
    def setup():
        import sqlite3, sqlalchemy.orm
        def build(path):
            db=sqlite3.connect(path); db.execute('create table event(id integer primary key, kind text, note text, amount real)')
            db.executemany('insert into event values(?,?,?,?)',((i,f'kind{i%9}','note '*10+str(i),i*.5) for i in range(60_000))); db.commit(); db.close()
        fixture('events.db',build)
    def model():
        from sqlalchemy import create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase): pass
        class Event(Base):
            __tablename__='event'
            id: Mapped[int]=mapped_column(primary_key=True)
            kind: Mapped[str]
            note: Mapped[str]
            amount: Mapped[float]
        return create_engine('sqlite:///'+os.path.join(D,'events.db')),Event
    def bad():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        engine,Event=CASES['66 whole result set as ORM objects'].model()
        total=0
        with Session(engine) as session:
            for event in session.scalars(select(Event)).all():
                total+=event.amount
        print('total',total)
    def good():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        engine,Event=CASES['66 whole result set as ORM objects'].model()
        total=0
        with Session(engine) as session:
            for event in session.scalars(select(Event).execution_options(yield_per=500)):
                total+=event.amount
        print('total',total)


if __name__ == "__main__":
    kept = run()
