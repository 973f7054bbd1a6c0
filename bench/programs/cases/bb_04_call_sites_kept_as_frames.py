import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 call sites kept as frames')
class _:
    def bad():
        calls=[]
        def trace(msg): calls.append((msg,sys._getframe(1)))
        def handle(i):
            payload=bytearray(b'x')*500_000
            trace(f'request {i}'); return len(payload)
        for i in range(200): handle(i)
        return calls
    def good():
        calls=[]
        def trace(msg):
            f=sys._getframe(1); calls.append((msg,f.f_code.co_filename,f.f_lineno))
        def handle(i):
            payload=bytearray(b'x')*500_000
            trace(f'request {i}'); return len(payload)
        for i in range(200): handle(i)
        return calls


if __name__ == "__main__":
    kept = run()
