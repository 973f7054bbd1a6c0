import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 back reference fills a cached parent')
class _:
    def setup():
        from sqlalchemy import select
        from sqlalchemy.orm import Session, selectinload
        engine,Device,Reading=CASES['08 back reference fills a cached parent'].model('readings-warm.db')
        with Session(engine) as session:
            device=session.scalars(select(Device).options(selectinload(Device.readings))).one()
            session.add_all(Reading(device=device,payload='warm') for _ in range(200))
            session.commit()
    def model(name):
        from sqlalchemy import ForeignKey, create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
        class Base(DeclarativeBase):
            pass
        class Device(Base):
            __tablename__='device'
            id: Mapped[int]=mapped_column(primary_key=True)
            name: Mapped[str]
            readings=relationship('Reading',back_populates='device')
        class Reading(Base):
            __tablename__='reading'
            id: Mapped[int]=mapped_column(primary_key=True)
            device_id: Mapped[int]=mapped_column(ForeignKey('device.id'))
            payload: Mapped[str]
            device=relationship('Device',back_populates='readings')
        path=os.path.join(D,name)
        if os.path.exists(path):
            os.remove(path)
        engine=create_engine('sqlite:///'+path)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Device(name='pump'))
            session.commit()
        return engine,Device,Reading
    def bad():
        from sqlalchemy import func, select
        from sqlalchemy.orm import selectinload, sessionmaker
        engine,Device,Reading=CASES['08 back reference fills a cached parent'].model('readings-bad.db')
        session=sessionmaker(engine,expire_on_commit=False)()
        query=select(Device).options(selectinload(Device.readings))
        device=session.scalars(query).one()
        for batch in range(30):
            for k in range(200):
                reading=Reading(device=device,payload=f'{batch}:{k} '.ljust(6000,'.'))
                session.add(reading)
            session.commit()
        print('rows',session.scalar(select(func.count()).select_from(Reading)))
        return session,device
    def good():
        from sqlalchemy import func, select
        from sqlalchemy.orm import sessionmaker
        engine,Device,Reading=CASES['08 back reference fills a cached parent'].model('readings-good.db')
        session=sessionmaker(engine,expire_on_commit=False)()
        device=session.scalars(select(Device)).one()
        for batch in range(30):
            for k in range(200):
                reading=Reading(device_id=device.id,payload=f'{batch}:{k} '.ljust(6000,'.'))
                session.add(reading)
            session.commit()
        print('rows',session.scalar(select(func.count()).select_from(Reading)))
        return session,device


if __name__ == "__main__":
    kept = run()
