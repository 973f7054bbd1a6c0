import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('38 dead weakrefs never pruned')
class _:
    def bad():
        import weakref
        class Conn: __slots__=('__weakref__',)
        live=[]
        for i in range(700_000):
            c=Conn(); live.append(weakref.ref(c))
        return live,sum(r() is not None for r in live)
    def good():
        import weakref
        class Conn: __slots__=('__weakref__',)
        live=weakref.WeakSet()
        for i in range(700_000):
            c=Conn(); live.add(c)
        return live,len(live)


if __name__ == "__main__":
    kept = run()
