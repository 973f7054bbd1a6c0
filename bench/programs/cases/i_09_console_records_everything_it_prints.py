import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('09 console records everything it prints')
class _:
    def setup():
        from rich.console import Console
        with open(os.devnull,'w') as f:
            c=Console(file=f,record=True,width=100)
            c.rule('a'); c.out('b',highlight=False); c.export_text()
    def output(job):
        cells='ok '*330
        return ''.join(f'job {job} line {line} {cells}\n' for line in range(160))
    def bad():
        from rich.console import Console
        class Worker:
            def __init__(self,out):
                self.console=Console(file=out,record=True,width=100)
                self.done=0
            def show(self,job,output):
                self.console.rule(f'job {job}')
                self.console.out(output,highlight=False)
                self.done+=1
        out=open(os.devnull,'w')
        worker=Worker(out)
        for job in range(300):
            worker.show(job,CASES['09 console records everything it prints'].output(job))
        print('jobs',worker.done)
        return worker
    def good():
        from rich.console import Console
        class Worker:
            def __init__(self,out):
                self.console=Console(file=out,width=100)
                self.done=0
            def show(self,job,output):
                self.console.rule(f'job {job}')
                self.console.out(output,highlight=False)
                self.done+=1
        out=open(os.devnull,'w')
        worker=Worker(out)
        for job in range(300):
            worker.show(job,CASES['09 console records everything it prints'].output(job))
        print('jobs',worker.done)
        return worker


if __name__ == "__main__":
    kept = run()
