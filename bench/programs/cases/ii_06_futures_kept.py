import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def fetch(url):
    """Stands for a download: the body of a page."""
    import random
    return random.Random(url).randbytes(240_000)


def digest(body):
    import hashlib
    return hashlib.sha1(body).digest()


class Crawler:
    def __init__(self):
        self.index, self.jobs = {}, {}


@case('06 finished futures kept with their results')
class _:
    def setup(): import concurrent.futures.thread, hashlib, random
    def bad():
        from concurrent.futures import ThreadPoolExecutor, as_completed
        c = Crawler()
        with ThreadPoolExecutor(4) as pool:
            for n in range(400):
                url = f'https://example.org/page/{n}'
                c.jobs[pool.submit(fetch, url)] = url
            for done in as_completed(c.jobs):
                c.index[c.jobs[done]] = digest(done.result())
        return c
    def good():
        from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
        c = Crawler()
        with ThreadPoolExecutor(4) as pool:
            for n in range(400):
                url = f'https://example.org/page/{n}'
                c.jobs[pool.submit(fetch, url)] = url
                if len(c.jobs) >= 16:
                    for done in wait(c.jobs, return_when=FIRST_COMPLETED).done:
                        c.index[c.jobs.pop(done)] = digest(done.result())
            for done in list(c.jobs):
                c.index[c.jobs.pop(done)] = digest(done.result())
        return c


if __name__ == "__main__":
    kept = run()
