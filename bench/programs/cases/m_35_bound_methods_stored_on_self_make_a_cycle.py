import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('35 bound methods stored on self make a cycle')
class _:
    def bad():
        class Parser:
            def __init__(s):
                s.buf=bytearray(b'x')*1_000_000
                s.handlers={'start':s.start,'end':s.end}
            def start(s): return len(s.buf)
            def end(s): return 0
            def feed(s,tag): return s.handlers[tag]()
        return sum(Parser().feed('start') for i in range(120))
    def good():
        class Parser:
            def __init__(s): s.buf=bytearray(b'x')*1_000_000
            def start(s): return len(s.buf)
            def end(s): return 0
            handlers={'start':start,'end':end}
            def feed(s,tag): return s.handlers[tag](s)
        return sum(Parser().feed('start') for i in range(120))


if __name__ == "__main__":
    kept = run()
