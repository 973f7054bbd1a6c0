import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E03 twelve plain objects with large factors')
class _:
    def setup(): import numpy, scipy.linalg
    def good():
        import numpy as np
        from scipy.linalg import lu_factor, lu_solve
        class Station:
            def __init__(s,name,n=650):
                r=np.random.default_rng(len(name)*31+ord(name[-1]))
                a=r.standard_normal((n,n)); a[np.diag_indices(n)]+=n
                s.name=name; s.offset=0.0; s.unit='hPa'; s.lu=lu_factor(a,overwrite_a=True)
            def analyse(s,obs): return lu_solve(s.lu,obs)+s.offset
        net=[Station(f'st-{chr(97+i)}') for i in range(12)]
        r=np.random.default_rng(0); total=0.0
        for tick in range(25):
            obs=r.standard_normal(650)
            total+=sum(float(st.analyse(obs).sum()) for st in net)
        return net,total


if __name__ == "__main__":
    kept = run()
