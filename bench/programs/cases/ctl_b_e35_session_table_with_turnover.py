import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E35 session table with turnover')
class _:
    def good():
        import random, collections, zlib
        class Sessions:
            def __init__(s,limit): s.limit=limit; s.data=collections.OrderedDict(); s.hit=s.miss=0
            def touch(s,sid,make):
                if sid in s.data: s.hit+=1; s.data.move_to_end(sid)
                else:
                    s.miss+=1; s.data[sid]=make()
                    if len(s.data)>s.limit: s.data.popitem(last=False)
                return s.data[sid]
        r=random.Random(35); s=Sessions(4000); x=0; first=0
        for req in range(90_000):
            if req%12==0: first+=1      # a new visitor comes, the oldest goes
            x^=zlib.crc32(s.touch(first+r.randrange(3600),lambda: r.randbytes(9000)),x)
        return s,x,s.hit/(s.hit+s.miss)


if __name__ == "__main__":
    kept = run()
