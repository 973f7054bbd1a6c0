import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 job results stay after they are fetched')
class _:
    def setup():
        import concurrent.futures.thread, uuid
    def bad():
        from concurrent.futures import ThreadPoolExecutor
        class JobService:
            def __init__(self):
                self.pool=ThreadPoolExecutor(2)
                self.jobs={}
            def submit(self,job_id,func,*args):
                self.jobs[job_id]=self.pool.submit(func,*args)
                return job_id
            def fetch(self,job_id):
                return self.jobs[job_id].result()
        def convert(document):
            return '\n'.join(f'<p>{document} line {k}</p>' for k in range(6_000))
        service=JobService()
        size=0
        for i in range(300):
            job_id=service.submit(f'job-{i}',convert,f'page {i:04d}')
            size+=len(service.fetch(job_id))
        print('delivered',size)
        return service
    def good():
        from concurrent.futures import ThreadPoolExecutor
        class JobService:
            def __init__(self):
                self.pool=ThreadPoolExecutor(2)
                self.jobs={}
            def submit(self,job_id,func,*args):
                self.jobs[job_id]=self.pool.submit(func,*args)
                return job_id
            def fetch(self,job_id):
                return self.jobs.pop(job_id).result()
        def convert(document):
            return '\n'.join(f'<p>{document} line {k}</p>' for k in range(6_000))
        service=JobService()
        size=0
        for i in range(300):
            job_id=service.submit(f'job-{i}',convert,f'page {i:04d}')
            size+=len(service.fetch(job_id))
        print('delivered',size)
        return service


if __name__ == "__main__":
    kept = run()
