import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e20 generator pipeline into a count-min sketch')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        def flows(r):
            for k in range(80):
                yield np.concatenate((r.integers(0,2**32,80_000,dtype=np.uint32),r.zipf(1.3,20_000).clip(max=2**32-1).astype(np.uint32)))
        def valid(blocks): return (b[b!=0] for b in blocks)
        mult=np.array([0x9E3779B97F4A7C15,0xC2B2AE3D27D4EB4F,0x165667B19E3779F9,0xD6E8FEB86659FD93],np.uint64)
        def cells(x): return [(x.astype(np.uint64)*m)>>np.uint64(43) for m in mult]
        sketch=np.zeros((4,2**21),np.uint32)
        for b in valid(flows(np.random.default_rng(23))):
            for row,c in zip(sketch,cells(b)): np.add.at(row,c,1)
        ask=np.arange(1,50_001,dtype=np.uint32); est=np.minimum.reduce([row[c] for row,c in zip(sketch,cells(ask))])
        heavy=ask[est>2000]; assert est[0]>65535
        return sketch,heavy,int(est.sum())


if __name__ == "__main__":
    kept = run()
