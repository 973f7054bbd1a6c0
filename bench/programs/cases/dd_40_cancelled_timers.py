import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import heapq


class Timer:
    __slots__ = ('when', 'fn', 'args', 'cancelled')
    def __init__(self, when, fn, args):
        self.when, self.fn, self.args, self.cancelled = when, fn, args, False
    def __lt__(self, other): return self.when < other.when


class WheelBad:
    def __init__(self): self.heap, self.dead = [], 0
    def after(self, when, fn, *args):
        t = Timer(when, fn, args)
        heapq.heappush(self.heap, t)
        return t
    def cancel(self, t):
        t.cancelled = True
    def advance(self, now):
        while self.heap and (self.heap[0].when <= now or self.heap[0].cancelled):
            t = heapq.heappop(self.heap)
            if not t.cancelled: t.fn(*t.args)


class WheelGood(WheelBad):
    def cancel(self, t):
        t.cancelled, t.fn, t.args = True, None, None
        self.dead += 1
        if self.dead > 100 and self.dead * 2 > len(self.heap):
            self.heap = [x for x in self.heap if not x.cancelled]
            heapq.heapify(self.heap)
            self.dead = 0


def abort(expired, conn, request):
    expired.append(conn)


def traffic(wheel):
    expired = []
    wheel.after(1800, abort, expired, 'watchdog', b'')
    for i in range(200_000):
        t = wheel.after(3600 + i * 0.001, abort, expired, f'connection {i}', b'GET /items/%d HTTP/1.1' % i)
        wheel.cancel(t)
        if i % 1000 == 0:
            wheel.after(i * 0.001 + 7200, abort, expired, 'keepalive', b'')
            wheel.advance(i * 0.001)
    return wheel, expired


@case('40 cancelled timers wait in the heap')
class _:
    def bad():
        return traffic(WheelBad())
    def good():
        return traffic(WheelGood())


if __name__ == "__main__":
    kept = run()
