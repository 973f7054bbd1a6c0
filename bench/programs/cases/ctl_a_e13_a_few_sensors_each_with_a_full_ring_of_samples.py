import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e13 a few sensors, each with a full ring of samples')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        class Sensor:
            def __init__(s,name,unit): s.name=name; s.unit=unit; s.offset=0.25; s.pos=0; s.seen=0; s.ring=np.empty(300_000,np.float32)
            def feed(s,x):
                k=min(len(x),len(s.ring)-s.pos); s.ring[s.pos:s.pos+k]=x[:k]; s.ring[:len(x)-k]=x[k:]; s.pos=(s.pos+len(x))%len(s.ring); s.seen+=len(x)
            def quantiles(s): return [float(q) for q in np.quantile(s.ring[::7],(.05,.5,.95))]
        r=np.random.default_rng(14); sensors={f'probe-{k}':Sensor(f'probe-{k}','mV') for k in range(24)}; report=[]
        for minute in range(100):
            for s in sensors.values(): s.feed(r.random(7000,dtype=np.float32))
            if minute>=60 and minute%20==0: report.append({n:s.quantiles() for n,s in sensors.items()})
        rms={n:float(np.sqrt(np.vdot(s.ring,s.ring)/len(s.ring))) for n,s in sensors.items()}
        return sensors,report,rms


if __name__ == "__main__":
    kept = run()
