import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e28 bitmap index, packed bits')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(32); docs=1_600_000; bits=np.empty((200,docs//64),np.uint64)
        for row in bits: row[:]=np.frombuffer(r.bytes(docs//8),np.uint64)
        names={f'attr{k}':k for k in range(200)}; counts={n:int(np.bitwise_count(bits[k]).sum()) for n,k in names.items()}; both=[]
        for q in range(400):
            a,b,c=r.integers(0,200,3); both.append(int(np.bitwise_count(bits[a]&bits[b]&~bits[c]).sum()))
        return bits,names,counts,both


if __name__ == "__main__":
    kept = run()
