import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 fit result keeps the inverse Hessian')
class _:
    def setup(): import numpy, scipy.optimize
    def bad():
        import numpy as np
        from scipy.optimize import minimize
        fits=[]
        for i in range(30):
            c=np.linspace(0,i+1,500)
            res=minimize(lambda x: ((x-c)**2).sum(),np.zeros(500),jac=lambda x: 2*(x-c),method='BFGS')
            fits.append(res)
        return fits
    def good():
        import numpy as np
        from scipy.optimize import minimize
        fits=[]
        for i in range(30):
            c=np.linspace(0,i+1,500)
            res=minimize(lambda x: ((x-c)**2).sum(),np.zeros(500),jac=lambda x: 2*(x-c),method='BFGS')
            fits.append((res.x,res.fun))
        return fits


if __name__ == "__main__":
    kept = run()
