import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72a pairwise distances by broadcasting')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        a=np.random.default_rng(0).random((900,16))
        return np.sqrt(((a[:,None,:]-a[None,:,:])**2).sum(-1))
    def good():
        import numpy as np
        a=np.random.default_rng(0).random((900,16))
        out=np.empty((900,900))
        for i in range(900): out[i]=np.sqrt(((a-a[i])**2).sum(-1))
        return out


if __name__ == "__main__":
    kept = run()
