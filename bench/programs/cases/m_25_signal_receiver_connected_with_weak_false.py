import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 signal receiver connected with weak=False')
class _:
    def setup(): import django.dispatch
    def bad():
        from django.dispatch import Signal
        changed=Signal()
        class View:
            def __init__(s): s.rows=bytearray(b'x')*400_000; changed.connect(s.refresh,weak=False)
            def refresh(s,**kw): return len(s.rows)
        for i in range(200): View().refresh()
        return changed
    def good():
        from django.dispatch import Signal
        changed=Signal()
        class View:
            def __init__(s): s.rows=bytearray(b'x')*400_000; changed.connect(s.refresh)
            def refresh(s,**kw): return len(s.rows)
        for i in range(200): View().refresh()
        return changed


if __name__ == "__main__":
    kept = run()
