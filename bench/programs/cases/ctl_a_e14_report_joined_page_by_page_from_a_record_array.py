import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e14 report joined page by page from a record array')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        r=np.random.default_rng(15); n=900_000
        t=np.empty(n,[('id','<u4'),('qty','<u2'),('net','<f8'),('tax','<f8'),('code','S12')])
        t['id']=np.cumsum(r.integers(1,90,n,dtype=np.uint32),dtype=np.uint32); t['qty']=r.integers(1,60_000,n,dtype=np.uint16); a=np.empty(50_000)
        for k in range(0,n,50_000): r.random(out=a); t['net'][k:k+50_000]=a; r.random(out=a); t['tax'][k:k+50_000]=a; t['code'][k:k+50_000]=np.frombuffer(r.bytes(600_000),'S12')
        with open(D+'/e_report.txt','w') as f:
            for k in range(0,n,3000):
                page=t[k:k+3000].tolist()
                f.write('\n'.join([f'{i:9d} {q:6d} {c.hex():24s} {p:12.6f} {x:12.6f}' for i,q,p,x,c in page])); f.write(f'\nsubtotal {t["net"][k:k+3000].sum():.6f} {t["tax"][k:k+3000].sum():.6f}\n')
        due=sum(float(np.dot(t['qty'][k:k+9000],t['net'][k:k+9000])) for k in range(0,n,9000))
        return t,due


if __name__ == "__main__":
    kept = run()
