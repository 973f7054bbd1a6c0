import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e04 road graph in CSR arrays, Dijkstra')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np, heapq
        n=400_000; r=np.random.default_rng(4); off=np.zeros(n+1,np.uint32); np.cumsum(r.integers(5,16,n,dtype=np.uint32),out=off[1:])
        to=r.integers(0,n,off[-1],dtype=np.uint32); w=r.random(off[-1],dtype=np.float32)
        def near(src,limit):
            dist={src:0.0}; done=set(); heap=[(0.0,src)]
            while heap and len(done)<limit:
                d,u=heapq.heappop(heap)
                if u in done: continue
                done.add(u); a,b=int(off[u]),int(off[u+1])
                for v,c in zip(to[a:b].tolist(),w[a:b].tolist()):
                    nd=d+c
                    if nd<dist.get(v,1e9): dist[v]=nd; heapq.heappush(heap,(nd,v))
            return d
        reach=[near(int(s),4000) for s in r.integers(0,n,20)]
        indeg=sum(np.bincount(to[k:k+n],minlength=n) for k in range(0,len(to),n)).max(); mean=float(w.mean(dtype=np.float64))
        return off,to,w,reach,indeg,mean


if __name__ == "__main__":
    kept = run()
