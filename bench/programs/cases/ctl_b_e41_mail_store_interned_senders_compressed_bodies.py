import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E41 mail store, interned senders, compressed bodies')
class _:
    def good():
        import random, zlib
        class Mail:
            __slots__=('sender','folder','body')
            def __init__(s,sender,folder,body): s.sender=sys.intern(sender); s.folder=sys.intern(folder); s.body=zlib.compress(body.encode(),6)
            def text(s): return zlib.decompress(s.body).decode()
        r=random.Random(41); words=[f'{a}{b}' for a in ('re','con','per','sub') for b in range(2500)]
        box=[Mail(f'user{r.randrange(400)}@example.com',r.choice(('inbox','work','list')),' '.join(r.choices(words,k=1500))) for _ in range(7000)]
        box=tuple(box)
        hits=sum('re77 ' in m.text() for m in box[::3]); per={}
        for m in box: per[m.sender,m.folder]=per.get((m.sender,m.folder),0)+len(m.body)
        longest=max(box,key=lambda m: len(m.body)).sender
        return box,per,hits,longest


if __name__ == "__main__":
    kept = run()
