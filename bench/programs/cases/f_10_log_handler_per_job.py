import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 log handler per job')
class _:
    def setup(): import logging, io
    def bad():
        import logging, io
        log=logging.getLogger('worker.job'); log.setLevel(logging.INFO); log.propagate=False
        def run_job(i):
            stream=io.StringIO()
            handler=logging.StreamHandler(stream)
            log.addHandler(handler)
            for step in range(30): log.info('job %d step %d %s',i,step,'='*1000)
            return len(stream.getvalue())
        print('log bytes',sum(run_job(i) for i in range(60)))
    def good():
        import logging, io
        log=logging.getLogger('worker.job'); log.setLevel(logging.INFO); log.propagate=False
        def run_job(i):
            stream=io.StringIO()
            handler=logging.StreamHandler(stream)
            log.addHandler(handler)
            try:
                for step in range(30): log.info('job %d step %d %s',i,step,'='*1000)
                return len(stream.getvalue())
            finally:
                log.removeHandler(handler); handler.close()
        print('log bytes',sum(run_job(i) for i in range(60)))


if __name__ == "__main__":
    kept = run()
