import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72b pairwise differences by broadcasting')
class _:
    def setup(): import numpy
    def points():
        import numpy as np
        return np.random.default_rng(0).random((1000,12))
    def bad():
        import numpy as np
        p=CASES['72b pairwise differences by broadcasting'].points()
        diff=p[:,None,:]-p[None,:,:]
        return np.sqrt((diff**2).sum(axis=2))
    def good():
        import numpy as np
        p=CASES['72b pairwise differences by broadcasting'].points()
        sq=(p**2).sum(axis=1); d=p@p.T
        d*=-2; d+=sq[:,None]; d+=sq[None,:]
        np.maximum(d,0,out=d)
        return np.sqrt(d,out=d)


if __name__ == "__main__":
    kept = run()
