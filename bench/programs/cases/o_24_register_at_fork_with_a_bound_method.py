import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 register_at_fork with a bound method')
class _:
    def bad():
        class Client:
            def __init__(s): s.buf=bytearray(b'x')*300_000; os.register_at_fork(after_in_child=s.reset)
            def reset(s): s.buf=bytearray()
        for i in range(300): Client()
    def good():
        import weakref
        live=weakref.WeakSet()
        class Client:
            def __init__(s): s.buf=bytearray(b'x')*300_000; live.add(s)
            def reset(s): s.buf=bytearray()
        os.register_at_fork(after_in_child=lambda: [c.reset() for c in live])
        for i in range(300): Client()


if __name__ == "__main__":
    kept = run()
