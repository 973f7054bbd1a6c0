import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 listener per request on the session factory')
class _:
    def setup():
        from sqlalchemy import create_engine, event
        from sqlalchemy.orm import Session, sessionmaker, DeclarativeBase, Mapped, mapped_column
        from sqlalchemy.pool import StaticPool
        global Upload, upload_engine
        class Base(DeclarativeBase):
            pass
        class Upload(Base):
            __tablename__='upload'
            id: Mapped[int]=mapped_column(primary_key=True)
            size: Mapped[int]
        upload_engine=create_engine('sqlite://',poolclass=StaticPool)
        Base.metadata.create_all(upload_engine)
        with Session(upload_engine) as s:
            event.listen(s,'after_commit',lambda session: None)
            s.add(Upload(size=0))
            s.commit()
    def bad():
        from sqlalchemy import event
        from sqlalchemy.orm import sessionmaker
        SessionLocal=sessionmaker(upload_engine)
        sent=[]
        def receive(body):
            with SessionLocal() as session:
                def notify(committed):
                    if committed is session:
                        sent.append(len(body))
                event.listen(SessionLocal,'after_commit',notify)
                session.add(Upload(size=len(body)))
                session.commit()
        for i in range(260):
            receive(bytearray(b'u')*(200_000+i))
        print('sent',len(sent),'bytes',sum(sent))
        return SessionLocal
    def good():
        from sqlalchemy import event
        from sqlalchemy.orm import sessionmaker
        SessionLocal=sessionmaker(upload_engine)
        sent=[]
        def receive(body):
            with SessionLocal() as session:
                size=len(body)
                def notify(committed):
                    sent.append(size)
                event.listen(session,'after_commit',notify)
                session.add(Upload(size=size))
                session.commit()
        for i in range(260):
            receive(bytearray(b'u')*(200_000+i))
        print('sent',len(sent),'bytes',sum(sent))
        return SessionLocal


if __name__ == "__main__":
    kept = run()
