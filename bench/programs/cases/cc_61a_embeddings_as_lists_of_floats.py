import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61a embeddings as lists of floats')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        r=np.random.default_rng(0)
        return [r.random(384,dtype=np.float32).tolist() for i in range(6000)]
    def good():
        import numpy as np
        r=np.random.default_rng(0); m=np.empty((6000,384),np.float32)
        for i in range(6000): m[i]=r.random(384,dtype=np.float32)
        return m


if __name__ == "__main__":
    kept = run()
