import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


LETTERS=b'etaoinshrdlucmfwypvbgkjqxz etaio'*8
def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e38 document tree with weak parent links')
class _:
    def good():
        import weakref, random
        class Node:
            __slots__=('text','_up','kids','__weakref__')
            def __init__(s,text,up): s.text=text; s._up=weakref.ref(up) if up else None; s.kids=()
            @property
            def up(s): return s._up and s._up()
            def depth(s): return 0 if s.up is None else 1+s.up.depth()
            def walk(s):
                yield s
                for k in s.kids: yield from k.walk()
        r=random.Random(41)
        def grow(up,level):
            n=Node(prose(r,4000),up)
            if level: n.kids=tuple([grow(n,level-1) for _ in range(9)])
            return n
        root=grow(None,4); found=[]
        for q in range(10): w=prose(r,4); found.append(sum(n.depth() for n in root.walk() if w in n.text))
        size=sum(len(n.text) for n in root.walk())
        return root,found,size


if __name__ == "__main__":
    kept = run()
