import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E29 small cut-outs copied from large frames')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        def frames(n):
            r=np.random.default_rng(29)
            for k in range(n): yield r.standard_normal((512,512),dtype=np.float32),r.integers(40,472,(15,2))
        stars=[img[y-36:y+36,x-36:x+36].copy() for img,pos in frames(120) for y,x in pos]
        psf=np.zeros((72,72),np.float64)
        for s in stars: psf+=s-np.median(s)
        psf/=len(stars)
        chi=np.array([float(((s-psf)**2).mean()) for s in stars]); flux=np.array([float(s[30:42,30:42].sum()) for s in stars])
        return stars,psf,chi,flux


if __name__ == "__main__":
    kept = run()
