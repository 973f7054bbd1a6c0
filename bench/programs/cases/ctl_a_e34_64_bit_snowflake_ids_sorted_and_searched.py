import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e34 64-bit snowflake ids, sorted and searched')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(37); n=5_000_000; ids=r.integers(2**20,2**26,n,dtype=np.int64)
        np.cumsum(ids,out=ids); ids+=1_600_000_000_000<<20; hit=0
        for q in range(200):
            ask=ids[r.integers(0,n,5000)]; at=np.searchsorted(ids,ask); hit+=int((ids[at]==ask).sum())
        days=[int(np.searchsorted(ids,(1_600_000_000_000+d*864_000)<<20)) for d in range(200)]
        return ids,hit,days


if __name__ == "__main__":
    kept = run()
