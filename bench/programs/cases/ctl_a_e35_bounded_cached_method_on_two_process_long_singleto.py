import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e35 bounded cached method on two process-long singletons')
class _:
    def setup(): import numpy.random
    def good():
        import functools, numpy as np
        class Terrain:
            def __init__(s,seed): s.seed=seed
            @functools.lru_cache(maxsize=160)
            def block(s,x,y): return np.random.default_rng((s.seed,x,y)).random((200,200),dtype=np.float32)
            def height(s,x,y): return float(s.block(x//200,y//200)[x%200,y%200])
        land,sea=Terrain(1),Terrain(2); r=np.random.default_rng(38); high=[]
        for trip in range(120):
            x,y=(int(v) for v in r.integers(0,2000,2)); t=sea if trip%2 else land
            high.append(max(t.height((x+k)%2000,(y+k//3)%2000) for k in range(2000)))
        i=Terrain.block.cache_info(); assert i.hits>100*i.misses and i.currsize==160
        return land,sea,high


if __name__ == "__main__":
    kept = run()
