import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e01 map tiles in a bounded LRU that is hit')
class _:
    def good():
        import functools, random, zlib
        @functools.lru_cache(maxsize=400)
        def tile(z,x,y): return random.Random(z<<40|x<<20|y).randbytes(80_000)
        rnd=random.Random(1); x=y=500; crc=0
        for step in range(800):
            x+=rnd.choice((-1,0,1)); y+=rnd.choice((-1,0,1))
            for dx in range(6):
                for dy in range(4): crc=zlib.crc32(tile(12,x+dx,y+dy),crc)
        i=tile.cache_info(); assert i.hits>5*i.misses
        return tile,crc


if __name__ == "__main__":
    kept = run()
