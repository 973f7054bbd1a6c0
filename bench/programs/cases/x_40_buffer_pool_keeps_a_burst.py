import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('40 buffer pool keeps a burst')
class _:
    def run(good):
        class Pool:
            def __init__(s): s.free=[]
            def get(s): return s.free.pop() if s.free else bytearray(b'\0')*500_000
            def put(s,b):
                if not good or len(s.free)<8: s.free.append(b)
        pool=Pool()
        for burst in (2,200,2,2,2):
            used=[pool.get() for _ in range(burst)]
            for b in used: b[0]=1; pool.put(b)
            del used,b
        return pool
    def bad(): return CASES['40 buffer pool keeps a burst'].run(False)
    def good(): return CASES['40 buffer pool keeps a burst'].run(True)


if __name__ == "__main__":
    kept = run()
