import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('01 expired entries stay in the cache')
class _:
    def bad():
        class SessionCache:
            def __init__(self,ttl):
                self.ttl=ttl
                self.entries={}
            def get(self,key,now):
                entry=self.entries.get(key)
                if entry is None:
                    return None
                expires,value=entry
                if now>=expires:
                    del self.entries[key]
                    return None
                return value
            def put(self,key,value,now):
                self.entries[key]=(now+self.ttl,value)
        cache=SessionCache(ttl=30)
        misses=0
        for now in range(600):
            key=f'session-{now}'
            if cache.get(key,now) is None:
                misses+=1
                cache.put(key,bytearray(b's')*100_000,now)
        print('misses',misses)
        return cache
    def good():
        from collections import OrderedDict
        class SessionCache:
            def __init__(self,ttl):
                self.ttl=ttl
                self.entries=OrderedDict()
            def get(self,key,now):
                entry=self.entries.get(key)
                if entry is None:
                    return None
                expires,value=entry
                if now>=expires:
                    del self.entries[key]
                    return None
                return value
            def put(self,key,value,now):
                self.evict(now)
                self.entries[key]=(now+self.ttl,value)
                self.entries.move_to_end(key)
            def evict(self,now):
                while self.entries:
                    key,(expires,_)=next(iter(self.entries.items()))
                    if expires>now:
                        break
                    del self.entries[key]
        cache=SessionCache(ttl=30)
        misses=0
        for now in range(600):
            key=f'session-{now}'
            if cache.get(key,now) is None:
                misses+=1
                cache.put(key,bytearray(b's')*100_000,now)
        print('misses',misses)
        return cache


if __name__ == "__main__":
    kept = run()
