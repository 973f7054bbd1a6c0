import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E08 folds kept in a list because they are walked many times')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        r=np.random.default_rng(8); n,d=60_000,64
        w_true=r.standard_normal(d)
        def fold(i):
            x=r.standard_normal((n//10,d)); return x,x@w_true+r.standard_normal(n//10)*1e-9
        folds=[fold(i) for i in range(10)]
        def fit(skip,lam):
            g=lam*np.eye(d); b=np.zeros(d)
            for i,(x,y) in enumerate(folds):
                if i!=skip: g+=x.T@x; b+=x.T@y
            return np.linalg.solve(g,b)
        score={}
        for lam in (1e-9,1e-6,1e-3,1.):
            score[lam]=sum(float(np.median(np.abs(folds[k][1]-folds[k][0]@fit(k,lam)))) for k in range(10))
        return folds,score


if __name__ == "__main__":
    kept = run()
