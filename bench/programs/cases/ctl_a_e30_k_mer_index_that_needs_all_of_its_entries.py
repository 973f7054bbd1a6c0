import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e30 k-mer index that needs all of its entries')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(33); n=4_000_000; dna=r.integers(0,4,n,dtype=np.uint8); k=16; index=np.zeros(n-k+1,np.uint64)
        for j in range(k): index<<=np.uint64(2); index|=dna[j:n-k+1+j]
        index<<=np.uint64(32)
        for a in range(0,len(index),100_000): index[a:a+100_000]|=np.arange(a,min(a+100_000,len(index)),dtype=np.uint64)
        index.sort(); del dna; found=0
        for q in range(20_000):
            key=int(index[r.integers(len(index))])>>32^(q%2);  a=int(np.searchsorted(index,np.uint64(key<<32))); b=int(np.searchsorted(index,np.uint64(key<<32|0xFFFFFFFF),'right')); found+=b-a
        assert found>=10_000
        return index,found


if __name__ == "__main__":
    kept = run()
