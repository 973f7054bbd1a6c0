import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E27 group membership as packed bit rows')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        class Members:
            def __init__(s,groups,users): s.bits=np.zeros((groups,-(-users//8)),np.uint8)
            def load(s,g,mask): s.bits[g]=np.packbits(mask)
            def has(s,g,u): return bool(s.bits[g,u>>3]>>(7-(u&7))&1)
            def common(s,*gs): return int(np.bitwise_count(np.bitwise_and.reduce(s.bits[list(gs)])).sum())
        m=Members(900,240_000); r=np.random.default_rng(27)
        for g in range(900): m.load(g,r.integers(0,256,240_000,dtype=np.uint8)<60+g%90)
        size=[m.common(g) for g in range(900)]
        pairs=sum(m.common(int(a),int(b),int(c)) for a,b,c in r.integers(0,900,(2000,3)))
        yes=sum(m.has(int(g),int(u)) for g,u in zip(r.integers(0,900,60_000),r.integers(0,240_000,60_000)))
        return m,size,pairs,yes


if __name__ == "__main__":
    kept = run()
