import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E36 forked readers of one frozen array')
class _:
    def setup(): import numpy, multiprocessing
    def good():
        import numpy as np, multiprocessing as mp
        ids=np.random.default_rng(36).integers(0,2**63,5_000_000); ids.sort()
        gc.collect(); gc.freeze()
        ctx=mp.get_context('fork')
        def reader(q,seed):
            r=np.random.default_rng(seed); q.put(int(ids.searchsorted(r.integers(0,2**63,50_000)).sum()))
        q=ctx.Queue(); total=0
        for seed in range(4):
            p=ctx.Process(target=reader,args=(q,seed)); p.start(); total+=q.get(); p.join()
        gaps=max(int(np.diff(ids[lo:lo+500_001]).max()) for lo in range(0,5_000_000,500_000))
        gc.unfreeze(); return ids,total,gaps


if __name__ == "__main__":
    kept = run()
