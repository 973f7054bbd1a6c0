import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 audit hook for each session')
class _:
    def bad():
        class Session:
            def __init__(s): s.buf=bytearray(b'x')*1_000_000; s.opened=0; sys.addaudithook(s.watch)
            def watch(s,event,args):
                if event=='open': s.opened+=1
        for i in range(100):
            s=Session()
            with open('/proc/self/statm') as f: f.read()
    def good():
        import weakref
        live=weakref.WeakSet()
        def watch(event,args):
            if event=='open':
                for s in live: s.opened+=1
        sys.addaudithook(watch)
        class Session:
            def __init__(s): s.buf=bytearray(b'x')*1_000_000; s.opened=0; live.add(s)
        for i in range(100):
            s=Session()
            with open('/proc/self/statm') as f: f.read()


if __name__ == "__main__":
    kept = run()
