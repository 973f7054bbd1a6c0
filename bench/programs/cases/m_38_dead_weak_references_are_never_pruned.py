import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('38 dead weak references are never pruned')
class _:
    def bad():
        import weakref
        class Item: __slots__=('__weakref__',)
        class Registry:
            def __init__(s): s.refs=[]
            def add(s,x): s.refs.append(weakref.ref(x))
        reg=Registry()
        for i in range(600_000): reg.add(Item())
        return reg
    def good():
        import weakref
        class Item: __slots__=('__weakref__',)
        class Registry:
            def __init__(s): s.refs=weakref.WeakSet()
            def add(s,x): s.refs.add(x)
        reg=Registry()
        for i in range(600_000): reg.add(Item())
        return reg


if __name__ == "__main__":
    kept = run()
