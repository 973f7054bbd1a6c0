import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49b one point object with boxed floats each')
class _:
    def bad():
        class Point:
            def __init__(s,x,y):
                s.x=x; s.y=y
        return [Point(i*.5,i*.25) for i in range(600_000)]
    def good():
        from array import array
        xs=array('d'); ys=array('d')
        for i in range(600_000): xs.append(i*.5); ys.append(i*.25)
        return xs,ys


if __name__ == "__main__":
    kept = run()
