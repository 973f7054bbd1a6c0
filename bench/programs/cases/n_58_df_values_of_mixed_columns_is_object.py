import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58 df.values of mixed columns is object')
class _:
    def setup(): import pandas, numpy
    def frame():
        import pandas as pd, numpy as np
        r=np.random.default_rng(0); n=400_000
        df=pd.DataFrame({f'x{j}':r.random(n) for j in range(5)}); df['site']=pd.Categorical(['north']*n)
        return df
    def bad():
        df=CASES['58 df.values of mixed columns is object'].frame()
        X=df.values
        return X[:,:5]
    def good():
        df=CASES['58 df.values of mixed columns is object'].frame()
        X=df.iloc[:,:5].to_numpy()
        return X


if __name__ == "__main__":
    kept = run()
