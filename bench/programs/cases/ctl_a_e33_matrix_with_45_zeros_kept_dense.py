import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e33 matrix with 45 % zeros kept dense')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(36); R=np.empty((3000,2500),np.float32)
        for u in range(3000): x=r.random(2500,dtype=np.float32); R[u]=np.where(x<0.45,np.float32(0),x)
        u=r.standard_normal((3000,8),dtype=np.float32)
        for it in range(30):
            v=R.T@u; v/=np.linalg.norm(v,axis=0); u=R@v; u,_=np.linalg.qr(u)
        taste=np.argmax(R,axis=1); rated=np.count_nonzero(R,axis=0)
        return R,u,v,taste,rated


if __name__ == "__main__":
    kept = run()
