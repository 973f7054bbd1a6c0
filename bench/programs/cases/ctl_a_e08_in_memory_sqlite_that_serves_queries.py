import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


LETTERS=b'etaoinshrdlucmfwypvbgkjqxz etaio'*8
def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e08 in-memory sqlite that serves queries')
class _:
    def setup(): import sqlite3
    def good():
        import sqlite3, random
        r=random.Random(9); db=sqlite3.connect(':memory:')
        db.execute('create table item(sku text primary key,shelf int,price int,note text) without rowid')
        db.executemany('insert into item values(?,?,?,?)',((f'SKU{i:08d}',i%4000,r.randrange(100,99999),prose(r,90)) for i in range(250_000)))
        db.commit(); value=0
        for q in range(40_000):
            sku,price,note=db.execute('select sku,price,note from item where sku=?',(f'SKU{r.randrange(250_000):08d}',)).fetchone(); value+=price+len(note)
        top=db.execute('select shelf,sum(price) s from item group by shelf order by s desc limit 10').fetchall()
        return db,value,top


if __name__ == "__main__":
    kept = run()
