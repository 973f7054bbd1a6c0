import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e24 gc frozen and thresholds tuned after load')
class _:
    def good():
        import random, zlib
        class Page:
            __slots__=('body','etag','hits')
            def __init__(s,body): s.body=body; s.etag=b'%08x'%zlib.crc32(body); s.hits=0
        r=random.Random(27); site={f'/docs/{i//100}/page-{i}.html':Page(r.randbytes(r.randrange(1500,3000))) for i in range(20_000)}
        gc.collect(); gc.freeze(); gc.set_threshold(50_000,20,50); sent=0
        for req in range(200_000):
            i=r.randrange(20_000); p=site[f'/docs/{i//100}/page-{i}.html']; p.hits+=1
            head={'etag':p.etag,'length':len(p.body),'vary':['accept','cookie']}
            if req%3: sent+=len(head)+zlib.adler32(p.body)%7
        busy=max(site.values(),key=lambda p:p.hits).hits
        return site,sent,busy


if __name__ == "__main__":
    kept = run()
