import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67 bounded cache keyed by the whole text')
class _:
    def detect(text): return 'en' if text.count(' the ')*20>text.count(' ') else 'de'
    def pages():
        for i in range(500): yield f'page {i} '+'the cat and the dog '*10_000
    def bad():
        import functools
        c=CASES['67 bounded cache keyed by the whole text']
        language=functools.lru_cache(maxsize=1024)(c.detect)
        return language,[language(p) for p in c.pages()]
    def good():
        import hashlib
        c=CASES['67 bounded cache keyed by the whole text']; cache={}
        def language(text):
            k=hashlib.blake2b(text.encode(),digest_size=16).digest()
            if k not in cache:
                if len(cache)>=1024: del cache[next(iter(cache))]
                cache[k]=c.detect(text)
            return cache[k]
        return language,[language(p) for p in c.pages()]


if __name__ == "__main__":
    kept = run()
