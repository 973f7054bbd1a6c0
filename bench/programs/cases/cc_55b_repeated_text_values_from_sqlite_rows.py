import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55b repeated text values from sqlite rows')
class _:
    def db():
        import sqlite3
        con=sqlite3.connect(':memory:'); con.execute('create table t(city text,status text,plan text)')
        con.executemany('insert into t values(?,?,?)',(('frankfurt am main','active','premium-customer') for i in range(300_000)))
        return con
    def bad():
        con=CASES['55b repeated text values from sqlite rows'].db()
        return con,list(con.execute('select city,status,plan from t'))
    def good():
        con=CASES['55b repeated text values from sqlite rows'].db()
        con.text_factory=lambda b: sys.intern(b.decode())
        return con,list(con.execute('select city,status,plan from t'))


if __name__ == "__main__":
    kept = run()
