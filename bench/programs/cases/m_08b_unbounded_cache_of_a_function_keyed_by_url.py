import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08b unbounded cache of a function keyed by URL')
class _:
    def bad():
        import functools
        from urllib.parse import urlsplit
        @functools.lru_cache(maxsize=None)
        def parts(url): u=urlsplit(url); return u.netloc,u.path,u.query
        for i in range(150_000): parts(f'https://shop.example.com/item/{i}?session={i*7919}')
        return parts
    def good():
        import functools
        from urllib.parse import urlsplit
        @functools.lru_cache(maxsize=1024)
        def parts(url): u=urlsplit(url); return u.netloc,u.path,u.query
        for i in range(150_000): parts(f'https://shop.example.com/item/{i}?session={i*7919}')
        return parts


if __name__ == "__main__":
    kept = run()
