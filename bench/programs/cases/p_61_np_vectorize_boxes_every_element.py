import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61 np.vectorize boxes every element')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        x=np.random.default_rng(0).random(2_000_000)
        return np.vectorize(lambda v: 0.0 if v<.5 else v*2)(x)
    def good():
        import numpy as np
        x=np.random.default_rng(0).random(2_000_000)
        return np.where(x<.5,0.0,x*2)


if __name__ == "__main__":
    kept = run()
