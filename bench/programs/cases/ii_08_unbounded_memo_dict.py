import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


_pages = {}


def render(path, query):
    """A page of some 4 KB that depends on both."""
    import random
    r = random.Random(path + query)
    return ''.join(f'<tr><td>{r.randrange(10**9)}</td><td>{path}</td></tr>' for _ in range(80))


def requests(n):
    import random
    r = random.Random(8)
    for i in range(n):
        yield f'/item/{int(r.paretovariate(1)) % 500}', f'utm={r.getrandbits(64):x}' if r.random() < .9 else ''


def page_memo(path, query):
    key = path, query
    if key not in _pages:
        _pages[key] = render(path, query)
    return _pages[key]


@case('08 module dict as a cache without bound')
class _:
    def setup(): import random, collections
    def bad():
        sent = 0
        for path, query in requests(24_000):
            sent += len(page_memo(path, query))
        return sent, _pages
    def good():
        import functools
        page = functools.lru_cache(maxsize=256)(render)
        sent = 0
        for path, query in requests(24_000):
            sent += len(page(path, query))
        return sent, page


if __name__ == "__main__":
    kept = run()
