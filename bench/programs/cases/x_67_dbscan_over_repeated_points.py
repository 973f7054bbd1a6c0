import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67 dbscan over repeated points')
class _:
    def setup(): import sklearn.cluster
    def points():
        import numpy as np
        r=np.random.default_rng(0); return r.integers(0,3,(12_000,2)).astype(float)*10
    def bad():
        from sklearn.cluster import DBSCAN
        return DBSCAN(eps=1,min_samples=5).fit_predict(CASES['67 dbscan over repeated points'].points())
    def good():
        import numpy as np
        from sklearn.cluster import DBSCAN
        p,inv,n=np.unique(CASES['67 dbscan over repeated points'].points(),axis=0,return_inverse=True,return_counts=True)
        return DBSCAN(eps=1,min_samples=5).fit_predict(p,sample_weight=n)[inv]


if __name__ == "__main__":
    kept = run()
