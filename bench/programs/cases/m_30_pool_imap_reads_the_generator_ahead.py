import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30 Pool.imap reads the generator ahead')
class _:
    def job(x): time.sleep(0.001); return len(x)
    def bad():
        from multiprocessing.pool import ThreadPool
        def gen():
            for i in range(1500): yield bytearray(b'x')*100_000
        with ThreadPool(2) as p: return sum(p.imap(CASES['30 Pool.imap reads the generator ahead'].job,gen()))
    def good():
        from multiprocessing.pool import ThreadPool
        from threading import Semaphore
        room=Semaphore(8); t=0
        def gen():
            for i in range(1500): room.acquire(); yield bytearray(b'x')*100_000
        with ThreadPool(2) as p:
            for n in p.imap(CASES['30 Pool.imap reads the generator ahead'].job,gen()): t+=n; room.release()
        return t


if __name__ == "__main__":
    kept = run()
