import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


RENDERED = {}


def render(user, page):
    import random
    r = random.Random(user * 31 + page)
    return r.randbytes(1600 + r.randrange(800))


def cached(cache, user, page):
    key = (f'user-{user:06d}', page)
    body = cache.get(key)
    if body is None:
        body = cache[key] = render(user, page)
    return body


def serve(cache):
    sent = 0
    for user in range(8000):
        for page in (0, 1, 0, 2, 3, 1):
            sent += len(cached(cache, user, page))
    return sent


@case('08 module-level dict as a cache, never emptied')
class _:
    def setup(): import random, cachetools
    def bad():
        return serve(RENDERED)
    def good():
        import cachetools
        global RENDERED
        RENDERED = cachetools.LRUCache(maxsize=512)
        return serve(RENDERED)


if __name__ == "__main__":
    kept = run()
