import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53 functions made for each instance')
class _:
    def bad():
        class Field:
            __slots__=('value','check','clean','show')
            def __init__(s,v):
                s.value=v; s.check=lambda x: x is not None; s.clean=lambda x: x+0; s.show=lambda x: f'{x}'
        return [Field(i) for i in range(200_000)]
    def good():
        def check(x): return x is not None
        def clean(x): return x+0
        def show(x): return f'{x}'
        class Field:
            __slots__=('value','check','clean','show')
            def __init__(s,v): s.value=v; s.check=check; s.clean=clean; s.show=show
        return [Field(i) for i in range(200_000)]


if __name__ == "__main__":
    kept = run()
