import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e27 embedding table: dict of words and one matrix')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(31); n=80_000; row={f'w{i*7919%1_000_003:07d}':i for i in range(n)}; E=r.standard_normal((n,128),dtype=np.float32)
        for k in range(0,n,4000): E[k:k+4000]/=np.linalg.norm(E[k:k+4000],axis=1,keepdims=True)
        words=list(row); near={}
        for q in range(60):
            w=words[int(r.integers(n))]; s=E@E[row[w]]; near[w]=[words[int(i)] for i in np.argpartition(s,-5)[-5:]]
        pair=sum(float(E[row[a]]@E[row[b]]) for a,b in zip(words[::3],words[1::3]))
        return row,words,E,near,pair


if __name__ == "__main__":
    kept = run()
