import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('15 sampling shuffles the population')
class _:
    def setup():
        import numpy as np
        np.random.default_rng(0)
    def bad():
        import numpy as np
        def pick_rows(n,k):
            np.random.seed(7)
            return np.random.choice(n,k,replace=False)
        rows=pick_rows(9_000_000,500)
        print('rows',len(set(rows.tolist())))
    def good():
        import numpy as np
        def pick_rows(n,k):
            rng=np.random.default_rng(7)
            return rng.choice(n,k,replace=False)
        rows=pick_rows(9_000_000,500)
        print('rows',len(set(rows.tolist())))


if __name__ == "__main__":
    kept = run()
