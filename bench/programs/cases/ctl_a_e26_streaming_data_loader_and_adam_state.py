import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e26 streaming data loader and Adam state')
class _:
    def setup():
        import numpy as np, numpy.random
        if not os.path.exists(D+'/e_train.f32'):
            r=np.random.default_rng(29)
            with open(D+'/e_train.f32','wb') as f:
                for k in range(40): r.standard_normal((256,1028),dtype=np.float32).tofile(f)
    def good():
        import numpy as np
        def loader(bs=64):
            buf=np.empty((bs,1028),np.float32)
            with open(D+'/e_train.f32','rb') as f:
                while f.readinto(buf)==buf.nbytes: yield buf[:,:1024],buf[:,1024:]
        r=np.random.default_rng(30); W=r.standard_normal((1024,1536),dtype=np.float32); W*=0.03; V=r.standard_normal((1536,4),dtype=np.float32); V*=0.03
        m,v,g,tmp=np.zeros_like(W),np.zeros_like(W),np.empty_like(W),np.empty_like(W); loss=[]; t=0
        for epoch in range(2):
            for x,y in loader():
                t+=1; h=np.tanh(x@W); e=h@V-y; loss.append(float(np.vdot(e,e))/len(x)); d=(e@V.T)*(1-h*h)/len(x); V-=0.001*(h.T@e)/len(x)
                np.matmul(x.T,d,out=g); m*=0.9; np.multiply(g,0.1,out=tmp); m+=tmp; v*=0.999; g*=g; g*=0.001; v+=g
                np.sqrt(v,out=tmp); tmp+=1e-8; np.divide(m,tmp,out=tmp); tmp*=1e-4; W-=tmp
        return W,V,m,v,loss


if __name__ == "__main__":
    kept = run()
