import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e32 Chinese text kept as str (UTF-8 would grow)')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(35)
        docs=[r.integers(0x4e00,0x9fa5,60_000,dtype=np.uint16).tobytes().decode('utf-16-le') for _ in range(300)]
        seen=0
        for q in range(100):
            d,p=(int(x) for x in r.integers(0,(300,59_990))); word=docs[d][p:p+2]; seen+=sum(t.count(word) for t in docs[d:d+20])
        cut=[t[int(p)-10:int(p)+10] for t,p in zip(docs,r.integers(10,59_000,300))]
        longest=max(len(s) for t in docs[::10] for s in t.split('\u7684'))
        return docs,cut,seen,longest


if __name__ == "__main__":
    kept = run()
