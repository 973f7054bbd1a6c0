import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 best record keeps the structured array')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        best=[]
        for night in range(100):
            stars=np.ones(50_000,dtype=[('id','i8'),('flux','f8')]); stars['flux'][night]=9.0
            best.append(stars[stars['flux'].argmax()])
        return best
    def good():
        import numpy as np
        best=[]
        for night in range(100):
            stars=np.ones(50_000,dtype=[('id','i8'),('flux','f8')]); stars['flux'][night]=9.0
            best.append(stars[stars['flux'].argmax()].copy())
        return best


if __name__ == "__main__":
    kept = run()
