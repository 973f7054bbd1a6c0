import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61c genfromtxt on a plain number table')
class _:
    def setup():
        import numpy
        if not os.path.exists(D+'/n_table.txt'):
            with open(D+'/n_table.txt','w') as f:
                for i in range(200_000): f.write(f'{i} {i*.5} {i*.25} {i*2} {i*3}\n')
    def bad():
        import numpy as np
        return np.genfromtxt(D+'/n_table.txt')
    def good():
        import numpy as np
        return np.loadtxt(D+'/n_table.txt')


if __name__ == "__main__":
    kept = run()
