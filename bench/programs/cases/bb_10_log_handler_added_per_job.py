import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 log handler added per job')
class _:
    def setup(): import logging, io
    def bad():
        import logging, io
        log=logging.getLogger('jobs'); log.setLevel('INFO'); log.propagate=False
        def job(i):
            buf=io.StringIO(); log.addHandler(logging.StreamHandler(buf))
            for k in range(4): log.info('job %d step %d %s',i,k,'.'*200)
            return len(buf.getvalue())
        return [job(i) for i in range(400)]
    def good():
        import logging, io
        log=logging.getLogger('jobs'); log.setLevel('INFO'); log.propagate=False
        def job(i):
            buf=io.StringIO(); h=logging.StreamHandler(buf); log.addHandler(h)
            try:
                for k in range(4): log.info('job %d step %d %s',i,k,'.'*200)
            finally: log.removeHandler(h); h.close()
            return len(buf.getvalue())
        return [job(i) for i in range(400)]


if __name__ == "__main__":
    kept = run()
