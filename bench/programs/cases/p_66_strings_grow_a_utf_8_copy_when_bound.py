import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66 strings grow a UTF-8 copy when bound')
class _:
    def setup(): import sqlite3
    def store(sql,texts,form):
        import sqlite3
        p=f'{D}/texts-p-{os.getpid()}.db'
        con=sqlite3.connect(p); con.execute('create table doc (body text)')
        for t in texts: con.execute(sql,(form(t),))
        con.commit(); con.close(); os.remove(p)
    def bad():
        texts=['d\xe9j\xe0 vu '*30_000+str(i) for i in range(200)]
        CASES['66 strings grow a UTF-8 copy when bound'].store('insert into doc values (?)',texts,lambda t: t)
        return texts
    def good():
        texts=['d\xe9j\xe0 vu '*30_000+str(i) for i in range(200)]
        CASES['66 strings grow a UTF-8 copy when bound'].store('insert into doc values (cast(? as text))',texts,lambda t: t.encode())
        return texts


if __name__ == "__main__":
    kept = run()
