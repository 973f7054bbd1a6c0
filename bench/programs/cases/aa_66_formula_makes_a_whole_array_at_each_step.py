import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66 formula makes a whole array at each step')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        n=2_000_000
        lat=np.linspace(-1.5,1.5,n); lon=np.linspace(-3,3,n)
        h=np.sin((lat-.7)/2)**2+np.cos(lat)*np.cos(.7)*np.sin((lon-.1)/2)**2
        return 12742*np.arcsin(np.sqrt(h))
    def good():
        import numpy as np
        n=2_000_000
        lat=np.linspace(-1.5,1.5,n); lon=np.linspace(-3,3,n)
        km=np.empty(n)
        for i in range(0,n,50_000):
            la,lo=lat[i:i+50_000],lon[i:i+50_000]
            h=np.sin((la-.7)/2)**2+np.cos(la)*np.cos(.7)*np.sin((lo-.1)/2)**2
            km[i:i+50_000]=12742*np.arcsin(np.sqrt(h))
        return km


if __name__ == "__main__":
    kept = run()
