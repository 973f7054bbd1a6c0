import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import weakref


class SignalBad:
    def __init__(self): self.receivers = []
    def connect(self, method): self.receivers.append(weakref.WeakMethod(method))
    def send(self, value):
        for ref in self.receivers:
            fn = ref()
            if fn is not None: fn(value)


class SignalGood:
    def __init__(self): self.receivers = set()
    def connect(self, method): self.receivers.add(weakref.WeakMethod(method, self.receivers.discard))
    def send(self, value):
        for ref in list(self.receivers):
            fn = ref()
            if fn is not None: fn(value)


class Cell:
    def __init__(self, n): self.n, self.seen = n, 0
    def update(self, value): self.seen += value


def paint(signal):
    cells = []
    for n in range(120_000):
        c = Cell(n); signal.connect(c.update)
        cells.append(c)
        if len(cells) > 50: cells.pop(0)
    signal.send(1)
    return signal, cells


@case('38 dead weak references never pruned')
class _:
    def bad():
        return paint(SignalBad())
    def good():
        return paint(SignalGood())


if __name__ == "__main__":
    kept = run()
