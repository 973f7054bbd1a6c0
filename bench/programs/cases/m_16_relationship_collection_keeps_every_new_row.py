import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 relationship collection keeps every new row')
class _:
    def setup(): import sqlalchemy.orm
    def run(good):
        from sqlalchemy import create_engine, Column, Integer, String, ForeignKey
        from sqlalchemy.orm import declarative_base, relationship, Session
        Base=declarative_base()
        class Run(Base):
            __tablename__='run'; id=Column(Integer,primary_key=True); entries=relationship('Entry')
        class Entry(Base):
            __tablename__='entry'; id=Column(Integer,primary_key=True); run_id=Column(ForeignKey('run.id')); text=Column(String)
        e=create_engine('sqlite://'); Base.metadata.create_all(e); s=Session(e)
        run=Run(); s.add(run); s.flush(); run_id=run.id
        for i in range(15_000):
            if good: s.add(Entry(run_id=run_id,text=f'{i}'.ljust(2000)))
            else: run.entries.append(Entry(text=f'{i}'.ljust(2000)))
            if i%500==499: s.flush()
        return s,run
    def bad(): return CASES['16 relationship collection keeps every new row'].run(False)
    def good(): return CASES['16 relationship collection keeps every new row'].run(True)


if __name__ == "__main__":
    kept = run()
