import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 weights as a diagonal matrix')
class _:
    def setup():
        import numpy as np
        a=np.ones((64,12))
        np.linalg.solve(a.T@a+np.eye(12),np.sqrt(np.diag(np.ones(64)))@a[:,0]@a)
    def survey():
        import numpy as np
        n=1_800
        t=np.arange(n)
        X=np.stack([(t*(k+2)%(11+k)).astype(float) for k in range(12)],axis=1)
        return X,X@np.arange(1.0,13.0),1.0+t%5
    def bad():
        import numpy as np
        def weighted_fit(X,y,weights):
            root=np.sqrt(np.diag(weights))
            Xw=root@X
            yw=root@y
            return np.linalg.solve(Xw.T@Xw,Xw.T@yw)
        X,y,weights=CASES['18 weights as a diagonal matrix'].survey()
        for _ in range(8):
            params=weighted_fit(X,y,weights)
            weights=1/(1+np.abs(y-X@params))
        print('params',[round(float(p),6) for p in params])
    def good():
        import numpy as np
        def weighted_fit(X,y,weights):
            root=np.sqrt(weights)
            Xw=X*root[:,None]
            yw=y*root
            return np.linalg.solve(Xw.T@Xw,Xw.T@yw)
        X,y,weights=CASES['18 weights as a diagonal matrix'].survey()
        for _ in range(8):
            params=weighted_fit(X,y,weights)
            weights=1/(1+np.abs(y-X@params))
        print('params',[round(float(p),6) for p in params])


if __name__ == "__main__":
    kept = run()
