import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49 graph as dict of dict of dict')
class _:
    def edges():
        for u in range(40_000):
            for k in range(1,13): yield u,(u*k+k*7919)%40_000
    def bad():
        adj={}
        for u,v in CASES['49 graph as dict of dict of dict'].edges():
            adj.setdefault(u,{})[v]={}
            adj.setdefault(v,{})[u]={}
        return adj
    def good():
        from array import array
        deg=array('i',bytes(4*40_001))
        for u,v in CASES['49 graph as dict of dict of dict'].edges(): deg[u+1]+=1; deg[v+1]+=1
        for i in range(40_000): deg[i+1]+=deg[i]
        pos=deg[:]; nbr=array('i',bytes(4*deg[-1]))
        for u,v in CASES['49 graph as dict of dict of dict'].edges():
            nbr[pos[u]]=v; pos[u]+=1
            nbr[pos[v]]=u; pos[v]+=1
        return deg,nbr


if __name__ == "__main__":
    kept = run()
