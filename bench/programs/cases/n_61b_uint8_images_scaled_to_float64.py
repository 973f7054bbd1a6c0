import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61b uint8 images scaled to float64')
class _:
    def setup(): import numpy
    def images():
        import numpy as np
        return np.full((120,224,224,3),200,dtype=np.uint8)
    def bad():
        X=CASES['61b uint8 images scaled to float64'].images()
        X=X/255.0
        return X, [float(X[i:i+8].mean()) for i in range(0,len(X),8)]
    def good():
        import numpy as np
        X=CASES['61b uint8 images scaled to float64'].images()
        return X, [float((X[i:i+8]/np.float32(255)).mean()) for i in range(0,len(X),8)]


if __name__ == "__main__":
    kept = run()
