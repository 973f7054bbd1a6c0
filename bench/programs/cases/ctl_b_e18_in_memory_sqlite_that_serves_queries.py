import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E18 in-memory sqlite that serves queries')
class _:
    def good():
        import sqlite3, random
        r=random.Random(18); cx=sqlite3.connect(':memory:')
        cx.executescript('create table trip(id integer primary key, driver int, lat real, lon real, at int, fare int); pragma foreign_keys=on')
        cx.executemany('insert into trip(driver,lat,lon,at,fare) values(?,?,?,?,?)',
            ((r.randrange(1<<20),r.uniform(40,42),r.uniform(-75,-73),1_700_000_000+i*3,r.randrange(300,9000)) for i in range(500_000)))
        cx.execute('create index by_driver on trip(driver,at)')
        got=0
        for _ in range(25_000):
            got+=cx.execute('select coalesce(sum(fare),0),max(at) from trip where driver=?',(r.randrange(1<<20),)).fetchone()[0]
        zones=cx.execute('select cast(lat*10 as int),cast(lon*10 as int),count(*),avg(fare),max(at) from trip group by 1,2').fetchall()
        return cx,got,zones


if __name__ == "__main__":
    kept = run()
