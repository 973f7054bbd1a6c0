import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e19 ring of video frames for a running median')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(22); n,h,w=240,360,480; ring=np.empty((n,h,w),np.uint8); back=np.zeros((h,w),np.uint8); moved=[]
        for k in range(2*n):
            f=np.frombuffer(r.bytes(h*w),np.uint8).reshape(h,w); ring[k%n]=f
            if k>=n-1 and k%80==79:
                for y in range(0,h,8): back[y:y+8]=np.partition(ring[:,y:y+8],n//2,axis=0)[n//2]
            moved.append(int(np.count_nonzero(f>back)))
        return ring,back,moved


if __name__ == "__main__":
    kept = run()
