import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51b vars() materialises every __dict__')
class _:
    def bad():
        class Row:
            def __init__(s,i): s.id=i; s.name='n'; s.x=None; s.y=None
        rows=[Row(i) for i in range(600_000)]
        size=0
        for r in rows: size+=len(str(vars(r)))
        return rows,size
    def good():
        class Row:
            __slots__=('id','name','x','y')
            def __init__(s,i): s.id=i; s.name='n'; s.x=None; s.y=None
        rows=[Row(i) for i in range(600_000)]
        size=0
        for r in rows: size+=len(str({f:getattr(r,f) for f in Row.__slots__}))
        return rows,size


if __name__ == "__main__":
    kept = run()
