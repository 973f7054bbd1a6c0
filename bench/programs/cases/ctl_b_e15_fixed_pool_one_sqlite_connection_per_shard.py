import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E15 fixed pool, one sqlite connection per shard')
class _:
    def setup():
        import sqlite3, random
        for k in range(4):
            if os.path.exists(f'{D}/e4_shop{k}.db'): continue
            r=random.Random(15+k); c=sqlite3.connect(f'{D}/e4_shop{k}.tmp')
            c.execute('create table item(sku text primary key, body blob) without rowid')
            c.executemany('insert into item values(?,?)',((f'sku-{i:05d}',r.randbytes(140)) for i in range(60_000)))
            c.commit(); c.close(); os.rename(f'{D}/e4_shop{k}.tmp',f'{D}/e4_shop{k}.db')
    def good():
        import sqlite3, random, threading
        class Shard:
            def __init__(s,k):
                s.lock=threading.Lock(); s.served=0
                s.cx=sqlite3.connect(f'file:{D}/e4_shop{k}.db?mode=ro',uri=True,check_same_thread=False)
                s.cx.execute('pragma cache_size=-14000')
            def get(s,sku):
                with s.lock:
                    s.served+=1
                    return s.cx.execute('select body from item where sku=?',(sku,)).fetchone()[0]
        pool=[Shard(k) for k in range(4)]
        def client(seed):
            r=random.Random(seed)
            return sum(pool[(k:=r.randrange(240_000))%4].get(f'sku-{k//4:05d}')[0] for _ in range(12_000))
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(4) as ex: total=sum(ex.map(client,range(16)))
        return pool,total


if __name__ == "__main__":
    kept = run()
