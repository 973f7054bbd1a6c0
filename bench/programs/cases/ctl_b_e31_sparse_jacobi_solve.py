import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E31 sparse Jacobi solve')
class _:
    def setup(): import numpy, scipy.sparse
    def good():
        import numpy as np, scipy.sparse as sp
        r=np.random.default_rng(31); n,k=250_000,12
        def matrix():
            col=r.integers(0,n,n*k,dtype=np.int32); val=r.random(n*k); val/=k*1.1
            a=sp.csr_array((val,col,np.arange(0,n*k+1,k,dtype=np.int32)),shape=(n,n)); a.sum_duplicates(); return a
        a=matrix(); b=r.random(n); x=np.zeros(n); steps=0
        while True:
            y=b-a@x; steps+=1; d=float(np.abs(y-x).max()); x=y
            if d<1e-11 or steps>200: break
        return a,b,x,steps,d


if __name__ == "__main__":
    kept = run()
