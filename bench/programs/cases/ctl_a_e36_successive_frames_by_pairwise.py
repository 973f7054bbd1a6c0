import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e36 successive frames by pairwise')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np, itertools
        r=np.random.default_rng(39); h,w=2000,3600; diff=np.empty((h,w),np.uint8)
        def frames(n):
            for k in range(n): yield np.frombuffer(r.bytes(h*w),np.uint8).reshape(h,w)
        motion=[]
        for a,b in itertools.pairwise(frames(40)):
            np.bitwise_xor(a,b,out=diff); motion.append((int(np.count_nonzero(diff)),int(diff.max()),int(b[::50].sum())))
        return motion


if __name__ == "__main__":
    kept = run()
