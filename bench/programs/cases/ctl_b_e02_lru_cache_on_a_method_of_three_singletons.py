import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E02 lru_cache on a method of three singletons')
class _:
    def setup(): import numpy
    def good():
        import functools, numpy as np
        class AsnTable:
            def __init__(s,seed,n=1_500_000):
                r=np.random.default_rng(seed)
                s.start=r.integers(0,2**32,n,dtype=np.uint32); s.start.sort()
                s.asn=r.integers(1,2**32,n,dtype=np.uint32)
            @functools.lru_cache(maxsize=4096)
            def lookup(s,ip): return int(s.asn[max(0,s.start.searchsorted(np.uint32(ip),'right')-1)])
        tables={'eu':AsnTable(1),'us':AsnTable(2),'ap':AsnTable(3)}
        r=np.random.default_rng(9); clients=[int(x) for x in r.integers(0,2**32,1000)]
        seen=0
        for k in r.integers(0,1000,60_000): seen^=tables[('eu','us','ap')[k%3]].lookup(clients[k])
        return tables,seen


if __name__ == "__main__":
    kept = run()
