import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68b Event per object')
class _:
    def bad():
        import threading
        class Request:
            def __init__(s,i): s.id=i; s.done=threading.Event()
        return [Request(i) for i in range(60_000)]
    def good():
        import threading
        class Request:
            def __init__(s,i): s.id=i; s._done=None
            @property
            def done(s):
                if s._done is None: s._done=threading.Event()
                return s._done
        return [Request(i) for i in range(60_000)]


if __name__ == "__main__":
    kept = run()
