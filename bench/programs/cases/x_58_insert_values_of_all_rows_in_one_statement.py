import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58 insert values of all rows in one statement')
class _:
    def setup(): import sqlalchemy
    def run(good):
        from sqlalchemy import create_engine, MetaData, Table, Column, Integer, insert
        e=create_engine('sqlite://'); t=Table('t',MetaData(),*(Column(f'c{j}',Integer) for j in range(10))); t.metadata.create_all(e)
        rows=[{f'c{j}':i*j for j in range(10)} for i in range(10_000)]
        with e.begin() as c:
            if good: c.execute(insert(t),rows)
            else: c.execute(insert(t).values(rows))
        return e
    def bad(): return CASES['58 insert values of all rows in one statement'].run(False)
    def good(): return CASES['58 insert values of all rows in one statement'].run(True)


if __name__ == "__main__":
    kept = run()
