import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Bus:
    def __init__(self): self.listeners = {}
    def on(self, topic, fn): self.listeners.setdefault(topic, []).append(fn)
    def off(self, topic, fn): self.listeners[topic].remove(fn)
    def emit(self, topic, value):
        for fn in list(self.listeners.get(topic, ())): fn(value)


BUS = Bus()


class View:
    def __init__(self, bus, n):
        self.bus, self.rate = bus, 0
        self.pixels = bytearray(os.urandom(256_000 + n))
        bus.on('rate', self.on_rate)
    def on_rate(self, value): self.rate = value
    def draw(self): return self.pixels[0] * self.rate


class ClosingView(View):
    def __enter__(self): return self
    def __exit__(self, *exc): self.bus.off('rate', self.on_rate)


@case('24 listeners never taken off the bus')
class _:
    def bad():
        drawn = 0
        for i in range(400):
            v = View(BUS, i)
            BUS.emit('rate', i % 3)
            drawn += v.draw()
        return drawn
    def good():
        drawn = 0
        for i in range(400):
            with ClosingView(BUS, i) as v:
                BUS.emit('rate', i % 3)
                drawn += v.draw()
        return drawn


if __name__ == "__main__":
    kept = run()
