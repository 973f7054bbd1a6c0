import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E40 defaultdict of day blocks, filled by writes')
class _:
    def setup(): import numpy
    def good():
        import numpy as np
        from collections import defaultdict
        class Store:
            def __init__(s): s.block=defaultdict(lambda: np.empty(1440,np.float32))
            def write(s,sensor,day,hour,vals): s.block[sensor,day][hour*60:hour*60+60]=vals
            def read(s,sensor,day): return s.block.get((sensor,day))
        st=Store(); r=np.random.default_rng(40)
        for day in range(28):
            for hour in range(24):
                x=r.standard_normal((220,60),dtype=np.float32).cumsum(axis=1)
                for sensor in range(220): st.write(sensor,day,hour,x[sensor])
        peaks={}; missing=0
        for sensor in range(260):
            days=[b for d in range(28) if (b:=st.read(sensor,d)) is not None]
            if days: peaks[sensor]=max(float(b.max()-b.min()) for b in days)
            else: missing+=1
        return st,peaks,missing


if __name__ == "__main__":
    kept = run()
