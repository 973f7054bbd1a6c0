import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E24 data loader that streams batches from disk')
class _:
    def setup():
        import numpy as np
        if not os.path.exists(D+'/e4_feat.npy'):
            a=np.lib.format.open_memmap(D+'/e4_feat.npy','w+',np.float32,(120_000,128)); r=np.random.default_rng(24)
            for i in range(0,120_000,10_000): a[i:i+10_000]=r.standard_normal((10_000,128),dtype=np.float32)
            a.flush()
    def good():
        import numpy as np
        class Loader:
            def __init__(s,path,batch,seed=0): s.x=np.load(path,mmap_mode='r'); s.batch=batch; s.rng=np.random.default_rng(seed)
            def __iter__(s):
                order=s.rng.permutation(len(s.x)//s.batch)
                for b in order:
                    x=np.asarray(s.x[b*s.batch:(b+1)*s.batch]); yield x,(x[:,:9].sum(axis=1)>0).astype(np.float32)
        r=np.random.default_rng(1); w1=r.standard_normal((128,64),dtype=np.float32)*.1; w2=np.zeros(64,np.float32); loss=[]
        loader=Loader(D+'/e4_feat.npy',2000)
        for epoch in range(3):
            for x,y in loader:
                h=np.maximum(x@w1,0); p=1/(1+np.exp(-(h@w2))); g=(p-y)/len(y)
                loss.append(float(-(np.log(np.where(y>0,p,1-p)+1e-6)).mean()))
                gw2=h.T@g; w1-=.5*x.T@(np.outer(g,w2)*(h>0)); w2-=.5*gw2
        return loader,w1,w2,loss


if __name__ == "__main__":
    kept = run()
