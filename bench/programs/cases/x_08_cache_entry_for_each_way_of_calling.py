import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 cache entry for each way of calling')
class _:
    def bad():
        import functools
        @functools.lru_cache(maxsize=256)
        def tile(zone,level): return bytearray(b'x')*1_000_000
        n=0
        for i in range(50):
            n+=len(tile(i,1))+len(tile(i,level=1))+len(tile(zone=i,level=1))+len(tile(level=1,zone=i))
        return tile,n
    def good():
        import functools
        @functools.lru_cache(maxsize=256)
        def tile(zone,level,/): return bytearray(b'x')*1_000_000
        n=0
        for i in range(50):
            n+=len(tile(i,1))+len(tile(i,1))+len(tile(i,1))+len(tile(i,1))
        return tile,n


if __name__ == "__main__":
    kept = run()
