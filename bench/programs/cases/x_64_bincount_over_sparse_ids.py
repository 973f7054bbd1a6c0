import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64 bincount over sparse ids')
class _:
    def setup(): import numpy
    def ids():
        import numpy as np
        return np.random.default_rng(0).choice(np.arange(1_000)*20_011+5,50_000)
    def bad():
        import numpy as np
        n=np.bincount(CASES['64 bincount over sparse ids'].ids())
        return {int(i):int(n[i]) for i in np.flatnonzero(n)}
    def good():
        import numpy as np
        i,n=np.unique(CASES['64 bincount over sparse ids'].ids(),return_counts=True)
        return dict(zip(i.tolist(),n.tolist()))


if __name__ == "__main__":
    kept = run()
