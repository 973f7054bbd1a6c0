import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def work(i, log):
    for step in range(40):
        log.info('job %d step %d: %d rows read, %d written, checksum %08x', i, step, i * 17 + step, i * 16, i * step * 7919)


def job_bad(i):
    import io, logging
    log = logging.getLogger('jobs'); log.setLevel(logging.INFO); log.propagate = False
    out = io.StringIO()
    log.addHandler(logging.StreamHandler(out))
    work(i, log)
    return len(out.getvalue())


def job_good(i):
    import io, logging
    log = logging.getLogger('jobs'); log.setLevel(logging.INFO); log.propagate = False
    out = io.StringIO()
    h = logging.StreamHandler(out)
    log.addHandler(h)
    try:
        work(i, log)
    finally:
        log.removeHandler(h)
    return len(out.getvalue())


@case('10 a handler added to the logger by every job')
class _:
    def setup(): import io, logging
    def bad():
        return [job_bad(i) for i in range(120)]
    def good():
        return [job_good(i) for i in range(120)]


if __name__ == "__main__":
    kept = run()
