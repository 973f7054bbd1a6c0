import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72 deep copy of a shared template')
class _:
    def setup(): import copy
    def defaults():
        return {'name':None,'retries':3,'steps':[{'id':k,'args':{f'opt{j}':[j,j+1] for j in range(10)}} for k in range(60)]}
    def bad():
        import copy
        template=CASES['72 deep copy of a shared template'].defaults()
        def make_job(i):
            job=copy.deepcopy(template)
            job['name']=f'job-{i}'
            return job
        jobs=[make_job(i) for i in range(500)]
        print('steps',sum(len(j['steps']) for j in jobs))
        return jobs
    def good():
        template=CASES['72 deep copy of a shared template'].defaults()
        def make_job(i):
            return {**template,'name':f'job-{i}'}
        jobs=[make_job(i) for i in range(500)]
        print('steps',sum(len(j['steps']) for j in jobs))
        return jobs


if __name__ == "__main__":
    kept = run()
