import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('40 expired entries leave only when read')
class _:
    def bad():
        class Cache:
            def __init__(s,ttl): s.d={}; s.ttl=ttl
            def put(s,k,v,now): s.d[k]=(now+s.ttl,v)
            def get(s,k,now):
                e=s.d.get(k)
                if e and e[0]<now: del s.d[k]; e=None
                return e and e[1]
        c=Cache(10)
        for t in range(500): c.put(f'page:{t}',bytearray(b'x')*200_000,t); c.get(f'page:{t}',t)
        return c
    def good():
        class Cache:
            def __init__(s,ttl): s.d={}; s.ttl=ttl
            def put(s,k,v,now):
                while s.d and s.d[f:=next(iter(s.d))][0]<now: del s.d[f]
                s.d.pop(k,None); s.d[k]=(now+s.ttl,v)
            def get(s,k,now):
                e=s.d.get(k)
                return e[1] if e and e[0]>=now else None
        c=Cache(10)
        for t in range(500): c.put(f'page:{t}',bytearray(b'x')*200_000,t); c.get(f'page:{t}',t)
        return c


if __name__ == "__main__":
    kept = run()
