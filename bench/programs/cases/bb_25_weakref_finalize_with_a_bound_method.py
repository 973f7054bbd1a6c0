import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 weakref.finalize with a bound method')
class _:
    def bad():
        import weakref
        class Store:
            def __init__(s,i): s.name=f'store-{i}'; s.buf=bytearray(b'x')*300_000; s._fin=weakref.finalize(s,s.close)
            def close(s): s.buf=None
        for i in range(300): Store(i)
        return Store
    def good():
        import weakref
        class Store:
            def __init__(s,i): s.name=f'store-{i}'; s.buf=bytearray(b'x')*300_000; s._fin=weakref.finalize(s,Store._close,s.name)
            @staticmethod
            def _close(name): pass
        for i in range(300): Store(i)
        return Store


if __name__ == "__main__":
    kept = run()
