import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 full matrices of the svd')
class _:
    def setup():
        import numpy as np
        from scipy import linalg
        linalg.svd(np.random.default_rng(1).normal(size=(300,12)),full_matrices=False)
        linalg.svd(np.random.default_rng(1).normal(size=(300,12)))
    def bad():
        import numpy as np
        from scipy import linalg
        def principal_components(x,k):
            centred=x-x.mean(axis=0)
            u,s,vt=linalg.svd(centred)
            return u[:,:k]*s[:k],s**2/(s**2).sum()
        x=np.random.default_rng(0).normal(size=(2500,12))*np.arange(1,13)
        scores,explained=principal_components(x,2)
        print('explained',explained[:2].round(4).tolist(),'spread',round(float(np.abs(scores).max()),3))
    def good():
        import numpy as np
        from scipy import linalg
        def principal_components(x,k):
            centred=x-x.mean(axis=0)
            u,s,vt=linalg.svd(centred,full_matrices=False)
            return u[:,:k]*s[:k],s**2/(s**2).sum()
        x=np.random.default_rng(0).normal(size=(2500,12))*np.arange(1,13)
        scores,explained=principal_components(x,2)
        print('explained',explained[:2].round(4).tolist(),'spread',round(float(np.abs(scores).max()),3))


if __name__ == "__main__":
    kept = run()
