import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49b ORM entities where columns do')
class _:
    def setup(): import sqlalchemy.orm
    def db():
        from sqlalchemy import create_engine, insert
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase): pass
        class User(Base):
            __tablename__='users'
            id: Mapped[int]=mapped_column(primary_key=True)
            name: Mapped[str]
            age: Mapped[int]
        e=create_engine('sqlite://'); Base.metadata.create_all(e)
        with e.begin() as c:
            for k in range(0,60_000,1000): c.execute(insert(User),[{'name':f'user{i}','age':i%90} for i in range(k,k+1000)])
        return e,User
    def bad():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        e,User=CASES['49b ORM entities where columns do'].db()
        with Session(e) as s: return e,s.scalars(select(User)).all()
    def good():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        e,User=CASES['49b ORM entities where columns do'].db()
        with Session(e) as s: return e,s.execute(select(User.id,User.name,User.age)).all()


if __name__ == "__main__":
    kept = run()
