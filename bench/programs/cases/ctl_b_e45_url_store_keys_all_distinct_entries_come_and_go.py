import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E45 url store, keys all distinct, entries come and go')
class _:
    def good():
        import random, zlib
        class UrlStore:
            def __init__(s): s.etag={}
            def put(s,url,head): s.etag[url]=head
            def same(s,url,head): return s.etag.get(url)==head
            def drop(s,url): return s.etag.pop(url,None)
        def url(i): return f'https://www.example.org/{zlib.crc32(b"%d"%i):08x}/item/{i}'
        r=random.Random(45); st=UrlStore(); lo=0; kept=gone=0
        for i in range(70_000): st.put(url(i),random.Random(i).randbytes(450))
        for crawl in range(40):
            for i in range(lo,lo+400): gone+=st.drop(url(i)) is not None
            for i in range(lo+70_000,lo+70_400): st.put(url(i),random.Random(i).randbytes(450))
            lo+=400
            for _ in range(1500): i=r.randrange(lo,lo+70_000); kept+=st.same(url(i),random.Random(i).randbytes(450))
        return st,kept,gone,sum(h[0] for h in st.etag.values())


if __name__ == "__main__":
    kept = run()
