import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 shared exception instance')
class _:
    def bad():
        class PoolEmpty(Exception): pass
        class ConnectionPool:
            EMPTY=PoolEmpty('no free connection')
            def acquire(self):
                raise self.EMPTY
        def handle(pool,i):
            body=bytearray(b'x')*200_000
            try: pool.acquire()
            except PoolEmpty: return len(body)
        pool=ConnectionPool()
        print('served',sum(handle(pool,i) for i in range(300)))
        return pool
    def good():
        class PoolEmpty(Exception): pass
        class ConnectionPool:
            def acquire(self):
                raise PoolEmpty('no free connection')
        def handle(pool,i):
            body=bytearray(b'x')*200_000
            try: pool.acquire()
            except PoolEmpty: return len(body)
        pool=ConnectionPool()
        print('served',sum(handle(pool,i) for i in range(300)))
        return pool


if __name__ == "__main__":
    kept = run()
