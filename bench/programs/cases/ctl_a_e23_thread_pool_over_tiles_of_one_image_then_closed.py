import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e23 thread pool over tiles of one image, then closed')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        from concurrent.futures import ThreadPoolExecutor
        h,w=3000,2400; img=np.random.default_rng(26).random((h,w),dtype=np.float32); out=img.copy()
        def blur(y):
            a,b=max(y,1),min(y+50,h-1); o=out[a:b,1:-1]; o+=img[a-1:b-1,1:-1]; o+=img[a+1:b+1,1:-1]; o+=img[a:b,:-2]; o+=img[a:b,2:]; o*=0.2; return float(o.sum())
        with ThreadPoolExecutor(3) as ex: light=sum(ex.map(blur,range(0,h,50)))
        contrast=[float(np.abs(img[y]-out[y]).mean()) for y in range(h)]; corr=float(np.vdot(img,out))
        return img,out,light,contrast,corr


if __name__ == "__main__":
    kept = run()
