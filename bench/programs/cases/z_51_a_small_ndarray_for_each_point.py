import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51 a small ndarray for each point')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        points=[]
        for i in range(500_000): points.append(np.array([i,i*.5,i*.25]))
        return points
    def good():
        import numpy as np
        points=np.empty((500_000,3))
        for i in range(500_000): points[i]=i,i*.5,i*.25
        return points


if __name__ == "__main__":
    kept = run()
