import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64d whole sqlite blob read to copy it out')
class _:
    def setup():
        import sqlite3
        if not os.path.exists(D+'/blob-p.db'):
            con=sqlite3.connect(D+'/blob-p.db'); con.execute('create table file (id integer primary key, data blob)')
            con.execute('insert into file values (1,?)',(b'0123456789'*5_000_000,)); con.commit(); con.close()
    def bad():
        import sqlite3
        con=sqlite3.connect(D+'/blob-p.db')
        with open(D+'/blob-p.out','wb') as out:
            data,=con.execute('select data from file where id=1').fetchone()
            out.write(data)
        con.close()
    def good():
        import sqlite3
        con=sqlite3.connect(D+'/blob-p.db')
        with open(D+'/blob-p.out','wb') as out, con.blobopen('file','data',1,readonly=True) as blob:
            while block:=blob.read(65536): out.write(block)
        con.close()


if __name__ == "__main__":
    kept = run()
