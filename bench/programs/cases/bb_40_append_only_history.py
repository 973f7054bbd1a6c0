import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('40 append-only history')
class _:
    def bad():
        class Monitor:
            def __init__(s): s.history=[]
            def add(s,frame): s.history.append(frame); return sum(len(f) for f in s.history[-20:])/20
        m=Monitor()
        for i in range(1000): m.add(bytearray(b'x')*100_000)
        return m
    def good():
        from collections import deque
        class Monitor:
            def __init__(s): s.history=deque(maxlen=20)
            def add(s,frame): s.history.append(frame); return sum(len(f) for f in s.history)/20
        m=Monitor()
        for i in range(1000): m.add(bytearray(b'x')*100_000)
        return m


if __name__ == "__main__":
    kept = run()
