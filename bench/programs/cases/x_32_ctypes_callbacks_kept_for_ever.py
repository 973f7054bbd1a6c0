import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('32 ctypes callbacks kept for ever')
class _:
    def setup(): import ctypes
    def run(good):
        import ctypes
        libc=ctypes.CDLL(None); P=ctypes.POINTER(ctypes.c_int); CMP=ctypes.CFUNCTYPE(ctypes.c_int,P,P)
        alive=[]
        def order(ids):
            rank=bytearray(b'\x07')*500_000
            cb=CMP(lambda a,b: rank[a[0]]-rank[b[0]])
            if not good: alive.append(cb)
            arr=(ctypes.c_int*len(ids))(*ids); libc.qsort(arr,len(ids),4,cb); return list(arr)
        for i in range(200): order([i,3,1])
        gc.collect(); return alive
    def bad(): return CASES['32 ctypes callbacks kept for ever'].run(False)
    def good(): return CASES['32 ctypes callbacks kept for ever'].run(True)


if __name__ == "__main__":
    kept = run()
