import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E43 flight recorder of the last requests')
class _:
    def good():
        import collections, random, tempfile
        class Recorder:
            def __init__(s,n): s.ring=collections.deque(maxlen=n)
            def note(s,status,body): s.ring.append((status,body))
            def dump(s,f):
                for status,body in s.ring: f.write(b'%d %d\n'%(status,len(body))); f.write(body)
                return f.tell()
        rec=Recorder(2500); r=random.Random(43); dumps=[]; served=0
        for req in range(15_000):
            body=r.randbytes(r.randrange(4000,24_000)); status=500 if r.random()<.02 else 200
            served+=len(body); rec.note(status,body)
            if status==500 and req%100==0:
                with tempfile.TemporaryFile() as f: dumps.append(rec.dump(f))
        mean=sum(len(b) for _,b in rec.ring)/len(rec.ring)
        return rec,dumps,served,mean


if __name__ == "__main__":
    kept = run()
