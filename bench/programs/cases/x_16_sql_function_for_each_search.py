import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 sql function for each search')
class _:
    def setup(): import sqlite3
    def run(good):
        import sqlite3
        db=sqlite3.connect(':memory:')
        for i in range(200):
            ranks=bytearray(b'\x05')*500_000
            name='score' if good else f'score_{i}'
            db.create_function(name,1,lambda x,ranks=ranks: ranks[x])
            db.execute(f'select {name}(?)',(i,)).fetchall()
        if good: db.create_function('score',1,None)
        return db
    def bad(): return CASES['16 sql function for each search'].run(False)
    def good(): return CASES['16 sql function for each search'].run(True)


if __name__ == "__main__":
    kept = run()
