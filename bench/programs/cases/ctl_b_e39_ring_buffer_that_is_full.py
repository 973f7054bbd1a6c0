import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E39 ring buffer that is full')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        class Ring:
            def __init__(s,ch,n): s.a=np.empty((ch,n),np.float32); s.n=n; s.head=0; s.total=0
            def write(s,x):
                k=x.shape[1]; e=min(k,s.n-s.head)
                s.a[:,s.head:s.head+e]=x[:,:e]; s.a[:,:k-e]=x[:,e:]; s.head=(s.head+k)%s.n; s.total+=k
            def last(s,k): i=(s.head-k)%s.n; return s.a[:,i:i+k] if i+k<=s.n else np.concatenate((s.a[:,i:],s.a[:,:i+k-s.n]),axis=1)
        r=np.random.default_rng(39); ring=Ring(8,800_000); alarms=0; base=np.zeros(8,np.float32)
        for blk in range(1300):
            x=r.standard_normal((8,1000),dtype=np.float32); x+=base[:,None]; base=x[:,-1]*.99; ring.write(x)
            if blk%5==0 and blk>10: alarms+=int((np.abs(x.mean(axis=1)-ring.last(8000).mean(axis=1))>1).sum())
        limits=[np.quantile(c,(.01,.5,.99)) for c in ring.a]
        return ring,alarms,limits


if __name__ == "__main__":
    kept = run()
