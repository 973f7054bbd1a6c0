import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('02 cancelled jobs stay on the heap')
class _:
    def bad():
        import heapq
        class Job:
            def __init__(self,when,action,payload):
                self.when=when
                self.action=action
                self.payload=payload
                self.cancelled=False
            def __lt__(self,other):
                return self.when<other.when
        class Scheduler:
            def __init__(self):
                self.heap=[]
                self.now=0.0
            def call_at(self,when,action,payload):
                job=Job(when,action,payload)
                heapq.heappush(self.heap,job)
                return job
            def cancel(self,job):
                job.cancelled=True
            def run_due(self):
                ran=0
                while self.heap and self.heap[0].when<=self.now:
                    job=heapq.heappop(self.heap)
                    if not job.cancelled:
                        job.action(job.payload)
                        ran+=1
                return ran
        def retry(message):
            raise TimeoutError(message[:20])
        scheduler=Scheduler()
        delivered=0
        for i in range(500):
            message=bytearray(b'm')*120_000
            job=scheduler.call_at(scheduler.now+3600,retry,message)
            scheduler.now+=0.1
            scheduler.run_due()
            scheduler.cancel(job)
            delivered+=1
        print('delivered',delivered)
        return scheduler
    def good():
        import heapq
        class Job:
            def __init__(self,when,action,payload):
                self.when=when
                self.action=action
                self.payload=payload
                self.cancelled=False
            def __lt__(self,other):
                return self.when<other.when
        class Scheduler:
            def __init__(self):
                self.heap=[]
                self.now=0.0
                self.dead=0
            def call_at(self,when,action,payload):
                job=Job(when,action,payload)
                heapq.heappush(self.heap,job)
                return job
            def cancel(self,job):
                job.cancelled=True
                job.action=None
                job.payload=None
                self.dead+=1
                if self.dead>64 and self.dead>len(self.heap)//2:
                    self.heap=[j for j in self.heap if not j.cancelled]
                    heapq.heapify(self.heap)
                    self.dead=0
            def run_due(self):
                ran=0
                while self.heap and self.heap[0].when<=self.now:
                    job=heapq.heappop(self.heap)
                    if job.cancelled:
                        self.dead-=1
                    else:
                        job.action(job.payload)
                        ran+=1
                return ran
        def retry(message):
            raise TimeoutError(message[:20])
        scheduler=Scheduler()
        delivered=0
        for i in range(500):
            message=bytearray(b'm')*120_000
            job=scheduler.call_at(scheduler.now+3600,retry,message)
            scheduler.now+=0.1
            scheduler.run_due()
            scheduler.cancel(job)
            delivered+=1
        print('delivered',delivered)
        return scheduler


if __name__ == "__main__":
    kept = run()
