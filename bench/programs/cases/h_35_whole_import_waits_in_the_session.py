import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('35 whole import waits in the session')
class _:
    def setup():
        from sqlalchemy import insert
        from sqlalchemy.orm import Session
        engine,Reading=CASES['35 whole import waits in the session'].model('import-warm.db')
        with Session(engine) as session:
            session.add_all(Reading(device=f'd{i}',value=0.5,note='x') for i in range(50))
            session.commit()
            session.execute(insert(Reading),[{'device':'d','value':0.5,'note':'x'}]*50)
            session.commit()
    def model(name):
        from sqlalchemy import create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase):
            pass
        class Reading(Base):
            __tablename__='reading'
            id: Mapped[int]=mapped_column(primary_key=True)
            device: Mapped[str]
            value: Mapped[float]
            note: Mapped[str]
        path=os.path.join(D,name)
        if os.path.exists(path):
            os.remove(path)
        engine=create_engine('sqlite:///'+path)
        Base.metadata.create_all(engine)
        return engine,Reading
    def lines():
        for i in range(16_000):
            yield f'device-{i%500}',i*0.25,f'reading {i} taken in the field'
    def bad():
        from sqlalchemy import func, select
        from sqlalchemy.orm import Session
        engine,Reading=CASES['35 whole import waits in the session'].model('import-bad.db')
        def load(lines):
            with Session(engine) as session:
                for device,value,note in lines:
                    session.add(Reading(device=device,value=value,note=note))
                session.commit()
        load(CASES['35 whole import waits in the session'].lines())
        with Session(engine) as session:
            print('rows',session.scalar(select(func.count()).select_from(Reading)))
    def good():
        import itertools
        from sqlalchemy import func, insert, select
        from sqlalchemy.orm import Session
        engine,Reading=CASES['35 whole import waits in the session'].model('import-good.db')
        def load(lines):
            rows=({'device':device,'value':value,'note':note} for device,value,note in lines)
            with Session(engine) as session:
                while batch:=list(itertools.islice(rows,500)):
                    session.execute(insert(Reading),batch)
                session.commit()
        load(CASES['35 whole import waits in the session'].lines())
        with Session(engine) as session:
            print('rows',session.scalar(select(func.count()).select_from(Reading)))


if __name__ == "__main__":
    kept = run()
