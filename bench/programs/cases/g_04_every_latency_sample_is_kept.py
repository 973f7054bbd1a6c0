import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 every latency sample is kept')
class _:
    def bad():
        class RouteStats:
            def __init__(self):
                self.count=0
                self.samples=[]
            def record(self,seconds):
                self.count+=1
                self.samples.append(seconds)
            def percentile(self,q):
                ordered=sorted(self.samples)
                return round(ordered[int(q*(self.count-1))]*1000)
        stats=RouteStats()
        for i in range(1_400_000):
            stats.record((i*7919%400+1)/1000)
        print('p50',stats.percentile(0.5),'p95',stats.percentile(0.95))
        return stats
    def good():
        class RouteStats:
            def __init__(self):
                self.count=0
                self.buckets={}
            def record(self,seconds):
                self.count+=1
                ms=round(seconds*1000)
                self.buckets[ms]=self.buckets.get(ms,0)+1
            def percentile(self,q):
                rank=int(q*(self.count-1))
                for ms in sorted(self.buckets):
                    rank-=self.buckets[ms]
                    if rank<0:
                        return ms
        stats=RouteStats()
        for i in range(1_400_000):
            stats.record((i*7919%400+1)/1000)
        print('p50',stats.percentile(0.5),'p95',stats.percentile(0.95))
        return stats


if __name__ == "__main__":
    kept = run()
