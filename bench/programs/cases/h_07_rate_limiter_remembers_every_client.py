import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('07 rate limiter remembers every client')
class _:
    def setup():
        import collections
    def bad():
        from collections import defaultdict
        class RateLimiter:
            def __init__(self,limit,window):
                self.limit=limit
                self.window=window
                self.hits=defaultdict(list)
            def allow(self,client,now):
                recent=[t for t in self.hits[client] if t>now-self.window]
                recent.append(now)
                self.hits[client]=recent
                return len(recent)<=self.limit
        limiter=RateLimiter(limit=5,window=60.0)
        allowed=0
        for i in range(300_000):
            n=i//2*7919%16_000_000
            allowed+=limiter.allow(f'10.{n>>16}.{n>>8&255}.{n&255}',i*0.02)
        print('allowed',allowed)
        return limiter
    def good():
        class RateLimiter:
            def __init__(self,limit,window):
                self.limit=limit
                self.window=window
                self.hits={}
                self.next_sweep=0.0
            def allow(self,client,now):
                if now>=self.next_sweep:
                    self.sweep(now)
                recent=[t for t in self.hits.get(client,()) if t>now-self.window]
                recent.append(now)
                self.hits[client]=recent
                return len(recent)<=self.limit
            def sweep(self,now):
                self.hits={client:hits for client,hits in self.hits.items() if hits[-1]>now-self.window}
                self.next_sweep=now+self.window
        limiter=RateLimiter(limit=5,window=60.0)
        allowed=0
        for i in range(300_000):
            n=i//2*7919%16_000_000
            allowed+=limiter.allow(f'10.{n>>16}.{n>>8&255}.{n&255}',i*0.02)
        print('allowed',allowed)
        return limiter


if __name__ == "__main__":
    kept = run()
