import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e06 inverted index, postings in exact arrays')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        from array import array
        from collections import Counter
        def corpus():
            r=np.random.default_rng(6)
            for doc in range(200_000): yield doc,set(r.integers(0,2500,36).tolist())
        vocab=[f'term{k:04d}' for k in range(2500)]; df=Counter(); at=[0]*2500
        for doc,terms in corpus(): df.update(terms)
        index={vocab[t]:array('I',[0])*df[t] for t in range(2500)}; lists=list(index.values())
        for doc,terms in corpus():
            for t in terms: lists[t][at[t]]=doc; at[t]+=1
        r=np.random.default_rng(66)
        hits=0
        for q in range(1500):
            a,b=(index[vocab[int(k)]] for k in r.integers(0,2500,2)); hits+=len(np.intersect1d(a,b,assume_unique=True))
        last=max(index,key=lambda t: index[t][-1]-index[t][0])
        return index,last,hits


if __name__ == "__main__":
    kept = run()
