import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 kept log records hold exc_info')
class _:
    def run(good):
        import logging
        class Recent(logging.Handler):
            def __init__(s): super().__init__(); s.records=[]
            def emit(s,r):
                if good: s.format(r); r.exc_info=None
                s.records.append(r)
        log=logging.getLogger('app.jobs'); log.propagate=False; h=Recent(); log.addHandler(h)
        def job(i):
            data=bytearray(b'x')*500_000
            return len(data)//(i-i)
        for i in range(200):
            try: job(i)
            except ZeroDivisionError: log.exception('job %d failed',i)
        return h
    def bad(): return CASES['04 kept log records hold exc_info'].run(False)
    def good(): return CASES['04 kept log records hold exc_info'].run(True)


if __name__ == "__main__":
    kept = run()
