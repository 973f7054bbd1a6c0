import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61d random.choice permutes the whole range')
class _:
    def setup(): import numpy.random
    def bad():
        import numpy as np
        return np.random.choice(15_000_000,1000,replace=False)
    def good():
        import numpy as np
        return np.random.default_rng().choice(15_000_000,1000,replace=False)


if __name__ == "__main__":
    kept = run()
