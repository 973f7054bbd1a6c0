import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E19 diffusion with two buffers')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        class Plate:
            def __init__(s,n):
                s.u=np.random.default_rng(19).random((n,n)); s.v=s.u.copy(); s.row=np.empty(n-2)
            def step(s,k=.2):
                u,v,t=s.u,s.v,s.row
                for i in range(1,len(u)-1):
                    np.add(u[i-1,1:-1],u[i+1,1:-1],out=t); t+=u[i,:-2]; t+=u[i,2:]
                    t*=k; np.multiply(u[i,1:-1],1-4*k,out=v[i,1:-1]); v[i,1:-1]+=t
                s.u,s.v=v,u
        p=Plate(2000); heat=[]
        for step in range(40):
            p.step()
            if step%10==0: heat.append(float(p.u.sum()))
        return p,heat


if __name__ == "__main__":
    kept = run()
