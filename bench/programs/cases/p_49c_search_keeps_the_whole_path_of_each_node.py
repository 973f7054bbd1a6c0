import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49c search keeps the whole path of each node')
class _:
    def bad():
        paths={0:[0]}
        for n in range(1,9000):
            parent=max(0,n-1-n%3)
            paths[n]=paths[parent]+[n]
        return paths
    def good():
        came_from={0:None}
        for n in range(1,9000):
            parent=max(0,n-1-n%3)
            came_from[n]=parent
        return came_from


if __name__ == "__main__":
    kept = run()
