import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def stream(n):
    import random
    r, last = random.Random(11), []
    for i in range(n):
        if last and r.random() < 0.05:
            yield r.choice(last)
        else:
            mid = f'{r.getrandbits(128):032x}'
            last.append(mid)
            if len(last) > 500: del last[0]
            yield mid


class Bad:
    def __init__(self): self.seen = set()
    def fresh(self, mid):
        if mid in self.seen: return False
        self.seen.add(mid)
        return True


class Good:
    def __init__(self, window=5000):
        from collections import OrderedDict
        self.seen, self.window = OrderedDict(), window
    def fresh(self, mid):
        if mid in self.seen: return False
        self.seen[mid] = None
        if len(self.seen) > self.window: self.seen.popitem(last=False)
        return True


@case('39 set of seen message ids without end')
class _:
    def setup(): import random, collections
    def bad():
        f = Bad(); return f, sum(f.fresh(m) for m in stream(500_000))
    def good():
        f = Good(); return f, sum(f.fresh(m) for m in stream(500_000))


if __name__ == "__main__":
    kept = run()
