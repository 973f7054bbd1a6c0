import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 every session wraps sys.excepthook again')
class _:
    def bad():
        class Session:
            def __init__(s):
                s.buf=bytearray(b'x')*300_000; prev=sys.excepthook
                def hook(*a): s.buf.clear(); prev(*a)
                sys.excepthook=hook
            def close(s): s.closed=True
        for i in range(300): Session().close()
    def good():
        class Session:
            def __init__(s):
                s.buf=bytearray(b'x')*300_000; s.prev=prev=sys.excepthook
                def hook(*a): s.buf.clear(); prev(*a)
                sys.excepthook=hook
            def close(s): sys.excepthook=s.prev; s.closed=True
        for i in range(300): Session().close()


if __name__ == "__main__":
    kept = run()
