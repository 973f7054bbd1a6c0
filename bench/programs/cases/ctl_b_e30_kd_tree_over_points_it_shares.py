import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E30 kd-tree over points it shares')
class _:
    def setup(): import numpy, scipy.spatial
    def good():
        import numpy as np
        from scipy.spatial import cKDTree
        class Shops:
            def __init__(s,xyz): s.xyz=xyz; s.tree=cKDTree(xyz,leafsize=32)
            def near(s,q,k=4): d,i=s.tree.query(q,k); return s.xyz[i].mean(axis=1),d
        r=np.random.default_rng(30)
        shops=Shops(r.standard_normal((900_000,3))); far=0.0
        for _ in range(30):
            c,d=shops.near(r.standard_normal((1000,3))); far=max(far,float(d.max()))
        dense=sum(len(x) for x in shops.tree.query_ball_point(shops.xyz[::5000],.05))
        return shops,far,dense,[float(c.std()) for c in shops.xyz.T]


if __name__ == "__main__":
    kept = run()
