import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E26 Chinese texts held as str')
class _:
    def good():
        import random, re
        r=random.Random(26); han=[chr(c) for c in range(0x4e00,0x4e00+3000)]
        class Library:
            def __init__(s,n): s.text={f'book-{i}':''.join(r.choices(han,k=100_000)) for i in range(n)}
            def page(s,book,no,size=800): return s.text[book][no*size:(no+1)*size]
            def find(s,term): return [(b,i) for b,t in s.text.items() if (i:=t.find(term))>=0]
        lib=Library(180); seen=0
        for _ in range(20_000): seen+=len(set(lib.page(f'book-{r.randrange(180)}',r.randrange(125))))
        found=[len(lib.find(r.choice(han)+r.choice(han))) for _ in range(25)]
        runs=sum(len(re.findall('[\u4e00-\u4e0f]{2}',t)) for t in lib.text.values())
        return lib,seen,found,runs


if __name__ == "__main__":
    kept = run()
