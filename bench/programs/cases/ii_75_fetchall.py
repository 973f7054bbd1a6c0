import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import random, sqlite3
    r, db = random.Random(75), sqlite3.connect(path)
    db.execute('create table hit (at real, ip text, path text, ms integer)')
    db.executemany('insert into hit values (?,?,?,?)', (
        (i * .37, f'10.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(256)}', f'/a/{r.randrange(900)}', r.randrange(4000))
        for i in range(300_000)))
    db.commit()
    db.close()


def add(slow, path, ms):
    n, worst = slow.get(path, (0, 0))
    slow[path] = n + (ms > 2000), max(worst, ms)


@case('75 fetchall of a big result')
class _:
    def setup():
        _.path = fixture('ii_hits.sqlite', build)
        import sqlite3
    def bad():
        import sqlite3
        db, slow = sqlite3.connect(_.path), {}
        rows = db.execute('select at, ip, path, ms from hit').fetchall()
        for _at, _ip, path, ms in rows:
            add(slow, path, ms)
        db.close()
        return slow
    def good():
        import sqlite3
        db, slow = sqlite3.connect(_.path), {}
        for _at, _ip, path, ms in db.execute('select at, ip, path, ms from hit'):
            add(slow, path, ms)
        db.close()
        return slow


if __name__ == "__main__":
    kept = run()
