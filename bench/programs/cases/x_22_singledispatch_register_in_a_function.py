import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 singledispatch register in a function')
class _:
    def bad():
        import functools
        @functools.singledispatch
        def show(x): return str(x)
        def job(i):
            names=bytearray(b'x')*500_000
            class Row:
                def __init__(s,k): s.k=k
            @show.register(Row)
            def _(r): return names[r.k]
            return show(Row(i))
        for i in range(200): job(i)
        gc.collect(); return show
    def good():
        import functools
        @functools.singledispatch
        def show(x): return str(x)
        class Row:
            def __init__(s,k,names): s.k=k; s.names=names
        @show.register(Row)
        def _(r): return r.names[r.k]
        def job(i):
            names=bytearray(b'x')*500_000
            return show(Row(i,names))
        for i in range(200): job(i)
        gc.collect(); return show


if __name__ == "__main__":
    kept = run()
