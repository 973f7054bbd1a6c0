import gc
import json
import os
import random
import sys
import tempfile
import time
import weakref

from harness import CASES, D, case, fixture, run


class Bus:
    def __init__(self):
        self.listeners = []
        self.calls = 0

    def on(self, listener):
        self.listeners.append(listener)

    def emit(self, event):
        for listener in self.listeners:
            listener(event)
            self.calls += 1


class WeakBus(Bus):
    def on(self, listener):
        self.listeners.append(weakref.WeakMethod(listener, self.listeners.remove))

    def emit(self, event):
        for ref in list(self.listeners):
            listener = ref()
            if listener is not None:
                listener(event)
                self.calls += 1


class Panel:
    def __init__(self, bus, pixels):
        self.pixels = bytearray(pixels)
        self.dirty = False
        bus.on(self.changed)

    def changed(self, event):
        self.dirty = True

    def draw(self):
        self.dirty = False
        return sum(self.pixels[::1000])


def session(bus):
    rnd, seen = random.Random(3), 0
    for i in range(250):
        panel = Panel(bus, rnd.randbytes(300_000))
        bus.emit(("moved", i))
        seen += panel.draw()
    return bus, seen


@case('24 listeners of closed panels stay with the bus')
class _:
    def bad():
        return session(Bus())

    def good():
        return session(WeakBus())


if __name__ == "__main__":
    kept = run()
