import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72b uint8 images divided into float64')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        imgs=np.full((100,256,256,3),7,np.uint8)
        return imgs/255.0
    def good():
        import numpy as np
        imgs=np.full((100,256,256,3),7,np.uint8)
        return np.divide(imgs,255,dtype=np.float32)


if __name__ == "__main__":
    kept = run()
