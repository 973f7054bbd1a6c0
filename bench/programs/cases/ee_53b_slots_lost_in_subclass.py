import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Shape:
    def area(self): raise NotImplementedError


class Box(Shape):
    __slots__ = ('x', 'y', 'w', 'h', 'label')

    def __init__(self, x, y, w, h):
        self.x, self.y, self.w, self.h, self.label = x, y, w, h, None
        self.visible = True

    def area(self): return self.w * self.h


class SlimShape:
    __slots__ = ()

    def area(self): raise NotImplementedError


class SlimBox(SlimShape):
    __slots__ = ('x', 'y', 'w', 'h', 'label', 'visible')

    def __init__(self, x, y, w, h):
        self.x, self.y, self.w, self.h, self.label = x, y, w, h, None
        self.visible = True

    def area(self): return self.w * self.h


def fill(cls): return [cls(i % 251, i % 199, i % 17, i % 23) for i in range(400_000)]


@case('53b slots undone by a base class without slots')
class _:
    def bad():
        boxes = fill(Box)
        return boxes, sum(b.area() for b in boxes)
    def good():
        boxes = fill(SlimBox)
        return boxes, sum(b.area() for b in boxes)


if __name__ == "__main__":
    kept = run()
