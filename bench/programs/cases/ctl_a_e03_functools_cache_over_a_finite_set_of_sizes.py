import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e03 functools.cache over a finite set of sizes')
class _:
    def setup(): import numpy.random
    def good():
        import functools, numpy as np
        @functools.cache
        def chirp(n): return np.exp(-0.37j*np.pi*np.arange(n)**2/n)
        sizes=range(6000,10000,20); r=np.random.default_rng(3); power=0.0
        for call in range(4000):
            n=sizes[int(r.integers(len(sizes)))]; x=r.standard_normal(n)
            power+=abs(np.vdot(chirp(n),x))**2/n
        assert chirp.cache_info().misses<=len(sizes)
        return chirp,power


if __name__ == "__main__":
    kept = run()
