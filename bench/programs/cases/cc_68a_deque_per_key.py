import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68a deque per key')
class _:
    def bad():
        from collections import deque
        recent={}
        for i in range(120_000): recent.setdefault(i,deque(maxlen=5)).append('login')
        return recent
    def good():
        recent={}
        for i in range(120_000):
            old=recent.get(i,()); recent[i]=(old+('login',))[-5:]
        return recent


if __name__ == "__main__":
    kept = run()
