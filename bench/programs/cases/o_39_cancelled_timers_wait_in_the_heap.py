import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('39 cancelled timers wait in the heap')
class _:
    def bad():
        import heapq
        class Timers:
            def __init__(s): s.heap=[]
            def later(s,when,args): t=[when,len(s.heap),args,True]; heapq.heappush(s.heap,t); return t
            def cancel(s,t): t[3]=False
        ts=Timers()
        for i in range(2000):
            t=ts.later(3600+i,bytearray(b'x')*50_000); ts.cancel(t)
        return ts
    def good():
        import heapq
        class Timers:
            def __init__(s): s.heap=[]; s.off=0
            def later(s,when,args): t=[when,len(s.heap),args,True]; heapq.heappush(s.heap,t); return t
            def cancel(s,t):
                t[3]=False; t[2]=None; s.off+=1
                if s.off>100 and s.off*2>len(s.heap):
                    s.heap=[x for x in s.heap if x[3]]; heapq.heapify(s.heap); s.off=0
        ts=Timers()
        for i in range(2000):
            t=ts.later(3600+i,bytearray(b'x')*50_000); ts.cancel(t)
        return ts


if __name__ == "__main__":
    kept = run()
