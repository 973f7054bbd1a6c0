import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E46 list of ten layers summed by comprehension')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        class Layer:
            def __init__(s,seed): r=np.random.default_rng(seed); s.w=r.standard_normal((900,900),dtype=np.float32)/30; s.b=np.zeros(900,np.float32)
            def __call__(s,x): return np.maximum(x@s.w+s.b,0)
        layers=[Layer(k) for k in range(10)]; r=np.random.default_rng(46); out=np.zeros(900,np.float64)
        for batch in range(30):
            x=r.standard_normal((32,900),dtype=np.float32)
            out+=sum([l(x).mean(axis=0) for l in layers])
            for l in layers: l.b-=np.float32(.01)*l(x).mean(axis=0)
        return layers,out,max([float(np.abs(l.w).max()) for l in layers])


if __name__ == "__main__":
    kept = run()
