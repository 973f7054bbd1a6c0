import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55 dense one-hot matrix')
class _:
    def setup(): import numpy, pandas, scipy.sparse
    def bad():
        import numpy as np, pandas as pd
        def encode(codes):
            return pd.get_dummies(pd.Series(codes),dtype='float64').to_numpy()
        codes=np.random.default_rng(0).permutation(50_000)%200
        x=encode(codes)
        print('weights',round(float((x.T@np.arange(50_000.)).max()),1))
        return x
    def good():
        import numpy as np, scipy.sparse as sp
        def encode(codes):
            levels,col=np.unique(codes,return_inverse=True)
            return sp.csr_matrix((np.ones(len(col)),(np.arange(len(col)),col)),shape=(len(col),len(levels)))
        codes=np.random.default_rng(0).permutation(50_000)%200
        x=encode(codes)
        print('weights',round(float((x.T@np.arange(50_000.)).max()),1))
        return x


if __name__ == "__main__":
    kept = run()
