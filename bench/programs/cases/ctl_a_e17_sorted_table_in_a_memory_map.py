import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e17 sorted table in a memory map')
class _:
    def setup():
        import numpy as np, numpy.random
        if not os.path.exists(D+'/e_table.bin'):
            r=np.random.default_rng(19); n=4_000_000
            with open(D+'/e_table.bin','wb') as f: np.cumsum(r.integers(1,2**40,n,dtype=np.uint64)).tofile(f); r.random(n,dtype=np.float32).tofile(f)
    def good():
        import numpy as np
        n=4_000_000; keys=np.memmap(D+'/e_table.bin',np.uint64,'r',0,(n,)); vals=np.memmap(D+'/e_table.bin',np.float32,'r',8*n,(n,))
        r=np.random.default_rng(20); total=0.0
        for q in range(100):
            at=np.searchsorted(keys,r.integers(keys[0],keys[-1],5000,dtype=np.uint64)); total+=float(vals[at].sum())
        mean=float(vals.mean(dtype=np.float64)); return keys,vals,total,mean


if __name__ == "__main__":
    kept = run()
