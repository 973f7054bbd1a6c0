import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E14 memory map with binary search')
class _:
    def setup():
        import numpy as np
        if not os.path.exists(D+'/e4_keys.bin'):
            r=np.random.default_rng(14); a=r.integers(0,2**63,6_000_000); a.sort(); a.tofile(D+'/e4_keys.bin')
    def good():
        import mmap, random, struct
        f=open(D+'/e4_keys.bin','rb'); m=mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ); f.close()
        key=struct.Struct('<q').unpack_from; n=len(m)//8
        def rank(x):
            lo,hi=0,n
            while lo<hi:
                mid=(lo+hi)//2
                if key(m,mid*8)[0]<x: lo=mid+1
                else: hi=mid
            return lo
        r=random.Random(14); s=0
        for _ in range(40_000): s+=rank(r.getrandbits(63))
        return m,s


if __name__ == "__main__":
    kept = run()
