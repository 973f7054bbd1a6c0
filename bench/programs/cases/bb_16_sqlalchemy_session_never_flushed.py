import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 sqlalchemy session never flushed')
class _:
    def setup(): import sqlalchemy.orm, sqlalchemy.dialects.sqlite
    def run(every):
        from sqlalchemy import create_engine, Integer, String
        from sqlalchemy.orm import Session, DeclarativeBase, mapped_column
        class Base(DeclarativeBase): pass
        class Doc(Base):
            __tablename__='doc'; id=mapped_column(Integer,primary_key=True); body=mapped_column(String)
        if os.path.exists(D+'/sa.db'): os.remove(D+'/sa.db')
        e=create_engine('sqlite:///'+D+'/sa.db'); Base.metadata.create_all(e)
        with Session(e) as s:
            for i in range(20_000):
                s.add(Doc(body=f'{i:05d}'*800))
                if every and i%every==0: s.commit()
            s.commit()
        return e
    def bad(): return CASES['16 sqlalchemy session never flushed'].run(0)
    def good(): return CASES['16 sqlalchemy session never flushed'].run(200)


if __name__ == "__main__":
    kept = run()
