import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E01 lru of rendered pages, bounded and hit')
class _:
    def good():
        import functools, random, zlib
        words=[f'{w}{i}' for i in range(400) for w in ('river','engine','market','season','letter')]
        @functools.lru_cache(maxsize=256)
        def page(slug):
            r=random.Random(slug)
            return zlib.compress(' '.join(r.choices(words,k=40_000)).encode(),1)
        r=random.Random(1); slugs=[f'/articles/{i}' for i in range(240)]; sent=0
        for _ in range(8000): sent+=len(page(r.choice(slugs)))
        assert page.cache_info().hits>7500
        return page,sent


if __name__ == "__main__":
    kept = run()
