import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49 dok matrix kept after the build')
class _:
    def setup(): import scipy.sparse
    def bad():
        from scipy.sparse import dok_array
        m=dok_array((10_000,20_000))
        for i in range(500_000): m[i//50,i*37%20_000]=float(i+1)
        return m
    def good():
        from scipy.sparse import coo_array
        from array import array
        r,c,v=array('i'),array('i'),array('d')
        for i in range(500_000): r.append(i//50); c.append(i*37%20_000); v.append(float(i+1))
        return coo_array((v,(r,c)),shape=(10_000,20_000)).tocsr()


if __name__ == "__main__":
    kept = run()
