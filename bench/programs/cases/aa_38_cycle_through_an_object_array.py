import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('38 cycle through an object array')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        class Cell:
            def __init__(s): s.field=np.ones(40_000); s.neighbours=np.empty(4,dtype=object)
        for mesh in range(150):
            a,b=Cell(),Cell()
            a.neighbours[0]=b; b.neighbours[1]=a
            if mesh%10==0: gc.collect()
        a=b=None; gc.collect()
    def good():
        import numpy as np
        class Cell:
            def __init__(s): s.field=np.ones(40_000); s.neighbours=[None]*4
        for mesh in range(150):
            a,b=Cell(),Cell()
            a.neighbours[0]=b; b.neighbours[1]=a
            if mesh%10==0: gc.collect()
        a=b=None; gc.collect()


if __name__ == "__main__":
    kept = run()
