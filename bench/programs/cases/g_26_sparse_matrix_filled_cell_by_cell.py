import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('26 sparse matrix filled cell by cell')
class _:
    def setup():
        import scipy.sparse, numpy, array
    def ratings():
        for i in range(220_000):
            yield i%6000,i*7%4001,float(i%5+1)
    def bad():
        import scipy.sparse as sp
        def build(ratings,shape):
            m=sp.dok_matrix(shape)
            for user,item,stars in ratings:
                m[user,item]=stars
            return m.tocsr()
        m=build(CASES['26 sparse matrix filled cell by cell'].ratings(),(6000,4001))
        print('stored',m.nnz,float(m.sum()))
        return m
    def good():
        from array import array
        import numpy as np
        import scipy.sparse as sp
        def build(ratings,shape):
            rows=array('i')
            cols=array('i')
            stars=array('d')
            for user,item,star in ratings:
                rows.append(user)
                cols.append(item)
                stars.append(star)
            index=(np.frombuffer(rows,'i4'),np.frombuffer(cols,'i4'))
            return sp.csr_matrix((np.frombuffer(stars),index),shape=shape)
        m=build(CASES['26 sparse matrix filled cell by cell'].ratings(),(6000,4001))
        print('stored',m.nnz,float(m.sum()))
        return m


if __name__ == "__main__":
    kept = run()
