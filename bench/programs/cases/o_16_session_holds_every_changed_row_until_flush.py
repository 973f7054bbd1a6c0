import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 session holds every changed row until flush')
class _:
    def setup():
        from sqlalchemy import Column, Integer, String, create_engine
        from sqlalchemy.orm import declarative_base, Session
        c=CASES['16 session holds every changed row until flush']
        class Doc(declarative_base()):
            __tablename__='doc'
            id=Column(Integer,primary_key=True); body=Column(String); seen=Column(Integer)
        c.Doc=Doc; p=D+'/o_docs.db'; new=not os.path.exists(p); c.e=create_engine('sqlite:///'+p)
        if new:
            Doc.metadata.create_all(c.e)
            with c.e.begin() as k: k.execute(Doc.__table__.insert(),[{'id':i,'body':'x'*4000,'seen':0} for i in range(16_000)])
    def bad():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        c=CASES['16 session holds every changed row until flush']; n=0
        with Session(c.e) as s:
            for d in s.scalars(select(c.Doc).execution_options(yield_per=200)):
                d.seen=len(d.body); n+=1
            s.flush(); s.rollback()
        return n
    def good():
        from sqlalchemy import select
        from sqlalchemy.orm import Session
        c=CASES['16 session holds every changed row until flush']; n=0
        with Session(c.e) as s:
            for d in s.scalars(select(c.Doc).execution_options(yield_per=200)):
                d.seen=len(d.body); n+=1
                if n%200==0: s.flush()
            s.flush(); s.rollback()
        return n


if __name__ == "__main__":
    kept = run()
