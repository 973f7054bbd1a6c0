import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 weakref.finalize on a bound method')
class _:
    def bad():
        import weakref
        class Reader:
            def __init__(s,i): s.fd=i; s.buf=bytearray(b'x')*300_000; s._fin=weakref.finalize(s,s.close)
            def close(s): s.fd=None
        return sum(len(Reader(i).buf) for i in range(300))
    def good():
        import weakref
        class Reader:
            def __init__(s,i): s.state={'fd':i}; s.buf=bytearray(b'x')*300_000; s._fin=weakref.finalize(s,s.close,s.state)
            @staticmethod
            def close(state): state['fd']=None
        return sum(len(Reader(i).buf) for i in range(300))


if __name__ == "__main__":
    kept = run()
