import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E13 generator pipeline over a log file')
class _:
    def setup():
        import numpy, random
        if not os.path.exists(D+'/e4_access4.log'):
            r=random.Random(13)
            with open(D+'/e4_access4.log','w') as f:
                for i in range(400_000): f.write(f'{1_700_000_000+i} /api/{r.choice("abcd")}/{r.randrange(10**6)} {r.choice((200,200,200,404,500))} {r.randrange(1,900_000)}\n')
    def good():
        import numpy as np
        def lines(path):
            with open(path) as f: yield from f
        def records(ls):
            for l in ls: t,url,code,us=l.split(' '); yield int(t),url[5],code,int(us)
        n_sec=400_000; hist=np.zeros((4,60,24),np.int64)
        slow=np.zeros((4,n_sec),np.float64); cnt=np.zeros((4,n_sec),np.int32)
        errors=0
        for t,site,code,us in (x for x in records(lines(D+'/e4_access4.log')) if x[3]>50):
            s=ord(site)-97; k=t-1_700_000_000
            slow[s,k]+=us; cnt[s,k]+=1; hist[s,t//60%60,t//3600%24]+=1; errors+=code=='500'
        slow.cumsum(axis=1,out=slow); cnt.cumsum(axis=1,out=cnt)
        def worst(w): return [float(((a[w:]-a[:-w])/np.maximum(1,c[w:]-c[:-w])).max()) for a,c in zip(slow,cnt)]
        return slow,cnt,hist,errors,{w:worst(w) for w in (60,3600,86400)}


if __name__ == "__main__":
    kept = run()
