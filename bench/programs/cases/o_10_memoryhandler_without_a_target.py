import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 MemoryHandler without a target')
class _:
    def setup(): import logging.handlers
    def run(target):
        import logging, logging.handlers
        log=logging.getLogger('ingest'); log.setLevel(logging.INFO); log.propagate=False
        h=logging.handlers.MemoryHandler(50,flushLevel=logging.CRITICAL); h.setTarget(target)
        log.addHandler(h)
        for i in range(2000): log.info('payload %s','%06d'%i*8000)
        return log
    def bad(): return CASES['10 MemoryHandler without a target'].run(None)
    def good():
        import logging
        return CASES['10 MemoryHandler without a target'].run(logging.StreamHandler(open(os.devnull,'w')))


if __name__ == "__main__":
    kept = run()
