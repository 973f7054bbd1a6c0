import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53 pairwise distance by broadcasting')
class _:
    def setup(): import numpy, scipy.spatial.distance
    def bad():
        import numpy as np
        def nearest(points,centres):
            diff=points[:,None,:]-centres[None,:,:]
            return np.sqrt((diff**2).sum(axis=-1)).argmin(axis=1)
        r=np.random.default_rng(0); p=r.random((3000,12)); c=r.random((400,12))
        print('labels',int(nearest(p,c).sum()))
    def good():
        import numpy as np
        from scipy.spatial.distance import cdist
        def nearest(points,centres):
            return cdist(points,centres).argmin(axis=1)
        r=np.random.default_rng(0); p=r.random((3000,12)); c=r.random((400,12))
        print('labels',int(nearest(p,c).sum()))


if __name__ == "__main__":
    kept = run()
