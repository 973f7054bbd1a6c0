import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E16 text index, postings in one flat array')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        class Index:
            def __init__(s,terms,pairs):
                s.start=pairs.searchsorted(np.arange(len(terms)+1,dtype=np.uint64)<<np.uint64(32)).astype(np.uint32)
                s.docs=pairs.astype(np.uint32); s.term={t:i for i,t in enumerate(terms)}
            def __getitem__(s,t): i=s.term[t]; return s.docs[s.start[i]:s.start[i+1]]
            def both(s,a,b): return np.intersect1d(s[a],s[b],assume_unique=True)
        def read_pairs(n=3_500_000):
            r=np.random.default_rng(16); out=np.empty(n,np.uint64)
            for lo in range(0,n,50_000):
                t=(r.power(.7,50_000)*2000).astype(np.uint64); t<<=np.uint64(32)
                out[lo:lo+50_000]=t|r.integers(0,400_000,50_000,dtype=np.uint64)
            out.sort(); return out[np.concatenate(([True],out[1:]!=out[:-1]))]
        terms=[f'{a}{b}' for b in range(200) for a in ('ab','con','de','ex','in','per','re','sub','trans','un')]
        ix=Index(terms,read_pairs())
        r=np.random.default_rng(5); hits=0
        for a,b in r.integers(0,2000,(2000,2)): hits+=len(ix.both(terms[a],terms[b]))
        return ix,hits,sum(int(ix[t].max()) for t in terms)


if __name__ == "__main__":
    kept = run()
