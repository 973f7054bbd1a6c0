import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68 a deque per key')
class _:
    def bad():
        from collections import deque
        last={}
        for i in range(300_000):
            last.setdefault(i%150_000,deque(maxlen=5)).append(i)
        return last
    def good():
        last={}
        for i in range(300_000):
            last[i%150_000]=(last.get(i%150_000,())+(i,))[-5:]
        return last


if __name__ == "__main__":
    kept = run()
