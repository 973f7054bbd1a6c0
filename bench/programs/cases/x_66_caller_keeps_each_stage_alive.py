import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66 caller keeps each stage alive')
class _:
    def setup(): import numpy
    def load():
        import numpy as np
        return np.ones(5_000_000)
    def scale(a): return a*.5
    def clip(a): return a.clip(0,1)
    def smooth(a): return a[1:]+a[:-1]
    def bad():
        C=CASES['66 caller keeps each stage alive']
        raw=C.load(); scaled=C.scale(raw); clipped=C.clip(scaled); smoothed=C.smooth(clipped)
        return float(smoothed.sum())
    def good():
        C=CASES['66 caller keeps each stage alive']
        return float(C.smooth(C.clip(C.scale(C.load()))).sum())


if __name__ == "__main__":
    kept = run()
