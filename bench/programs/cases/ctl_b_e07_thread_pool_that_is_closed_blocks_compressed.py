import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E07 thread pool that is closed, blocks compressed')
class _:
    def good():
        import zlib, random
        from concurrent.futures import ThreadPoolExecutor
        def block(i):
            r=random.Random(i)
            raw=b''.join(b'%d;%d;%d\n'%(i,r.getrandbits(30),r.getrandbits(20)) for _ in range(20_000))
            return zlib.compress(raw,6)
        with ThreadPoolExecutor(4) as ex: store=list(ex.map(block,range(120)))
        lines=0; best=0
        for z in store:
            raw=zlib.decompress(z); lines+=raw.count(b'\n'); best=max(best,int(raw[:raw.index(b'\n')].split(b';')[1]))
        return store,lines,best


if __name__ == "__main__":
    kept = run()
