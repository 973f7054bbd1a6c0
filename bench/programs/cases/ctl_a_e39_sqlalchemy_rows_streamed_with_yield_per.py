import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


LETTERS=b'etaoinshrdlucmfwypvbgkjqxz etaio'*8
def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e39 SQLAlchemy rows streamed with yield_per')
class _:
    def setup(): import sqlalchemy.orm
    def good():
        import random
        from sqlalchemy import create_engine, select, func
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, Session
        class Base(DeclarativeBase): pass
        class Sale(Base):
            __tablename__='sale'
            id: Mapped[int]=mapped_column(primary_key=True)
            shop: Mapped[int]
            cents: Mapped[int]
            memo: Mapped[str]
        e=create_engine('sqlite://'); Base.metadata.create_all(e); r=random.Random(42); per={}
        with e.begin() as c:
            for k in range(0,100_000,2000): c.execute(Sale.__table__.insert(),[{'id':i,'shop':i%400,'cents':r.randrange(10**6),'memo':prose(r,220)} for i in range(k,k+2000)])
        with Session(e) as s:
            for sale in s.scalars(select(Sale).execution_options(yield_per=1000)): per[sale.shop]=per.get(sale.shop,0)+sale.cents+len(sale.memo)
            some=[s.get(Sale,r.randrange(100_000)).memo[:8] for _ in range(2000)]
            best=s.execute(select(Sale.shop,func.sum(Sale.cents)).group_by(Sale.shop).order_by(func.sum(Sale.cents).desc()).limit(5)).all()
        return e,per,some,best


if __name__ == "__main__":
    kept = run()
