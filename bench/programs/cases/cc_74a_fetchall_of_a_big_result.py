import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('74a fetchall of a big result')
class _:
    def setup():
        import sqlite3
        if not os.path.exists(D+'/rows_d3.db'):
            con=sqlite3.connect(D+'/rows_d3.db'); con.execute('create table t(id integer,name text,amount real)')
            con.executemany('insert into t values(?,?,?)',((i,f'name{i}',i*.5) for i in range(400_000))); con.commit(); con.close()
    def bad():
        import sqlite3
        con=sqlite3.connect(D+'/rows_d3.db'); t=0
        for r in con.execute('select id,name,amount from t').fetchall(): t+=r[2]
        con.close(); return t
    def good():
        import sqlite3
        con=sqlite3.connect(D+'/rows_d3.db'); t=0
        for r in con.execute('select id,name,amount from t'): t+=r[2]
        con.close(); return t


if __name__ == "__main__":
    kept = run()
