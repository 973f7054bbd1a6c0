import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('39 TTL cache never swept')
class _:
    def bad():
        cache={}; ttl=10
        def get(key,now):
            hit=cache.get(key)
            if hit and now-hit[0]<ttl: return hit[1]
            v=bytearray(b'x')*100_000; cache[key]=(now,v); return v
        for now in range(1000): get(f'token-{now}',now); get(f'token-{now}',now)
        return cache
    def good():
        cache={}; ttl=10
        def get(key,now):
            hit=cache.get(key)
            if hit and now-hit[0]<ttl: return hit[1]
            while cache and now-cache[old:=next(iter(cache))][0]>=ttl: del cache[old]
            v=bytearray(b'x')*100_000; cache[key]=(now,v); return v
        for now in range(1000): get(f'token-{now}',now); get(f'token-{now}',now)
        return cache


if __name__ == "__main__":
    kept = run()
