import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 log handler added for each job')
class _:
    def bad():
        import logging, io
        log=logging.getLogger('jobs'); log.setLevel(logging.INFO); log.propagate=False; sizes=[]
        def run(i):
            out=io.StringIO(); h=logging.StreamHandler(out); log.addHandler(h)
            for k in range(20): log.info('job %d step %d %s',i,k,'x'*1000)
            sizes.append(out.tell())
        for i in range(100): run(i)
        return log,sizes
    def good():
        import logging, io
        log=logging.getLogger('jobs'); log.setLevel(logging.INFO); log.propagate=False; sizes=[]
        def run(i):
            out=io.StringIO(); h=logging.StreamHandler(out); log.addHandler(h)
            try:
                for k in range(20): log.info('job %d step %d %s',i,k,'x'*1000)
                sizes.append(out.tell())
            finally: log.removeHandler(h)
        for i in range(100): run(i)
        return log,sizes


if __name__ == "__main__":
    kept = run()
