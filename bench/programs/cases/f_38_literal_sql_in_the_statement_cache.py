import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('38 literal SQL in the statement cache')
class _:
    def setup(): import sqlite3
    def bad():
        import sqlite3
        db=sqlite3.connect(':memory:',isolation_level=None); db.execute('create table event(id integer, note text)')
        def store(batch):
            values=','.join("(%d,'%s')"%row for row in batch)
            db.execute('insert into event values '+values)
        for b in range(110):
            store([(b*1000+k,'n'*200) for k in range(1000)])
            db.execute('delete from event where id%1000!=0')
        print('kept',db.execute('select count(*) from event').fetchone()[0])
        return db
    def good():
        import sqlite3
        db=sqlite3.connect(':memory:',isolation_level=None); db.execute('create table event(id integer, note text)')
        def store(batch):
            db.executemany('insert into event values (?,?)',batch)
        for b in range(110):
            store([(b*1000+k,'n'*200) for k in range(1000)])
            db.execute('delete from event where id%1000!=0')
        print('kept',db.execute('select count(*) from event').fetchone()[0])
        return db


if __name__ == "__main__":
    kept = run()
