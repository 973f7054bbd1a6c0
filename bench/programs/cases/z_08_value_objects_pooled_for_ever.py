import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 value objects pooled for ever')
class _:
    def bad():
        class Glyph:
            pool={}
            def __new__(cls,text,size):
                g=cls.pool.get((text,size))
                if g is None:
                    g=super().__new__(cls); g.bitmap=bytearray(b'x')*20_000
                    cls.pool[text,size]=g
                return g
        n=0
        for i in range(5000): n+=len(Glyph(f'label {i}',12).bitmap)
        return Glyph,n
    def good():
        import weakref
        class Glyph:
            pool=weakref.WeakValueDictionary()
            def __new__(cls,text,size):
                g=cls.pool.get((text,size))
                if g is None:
                    g=super().__new__(cls); g.bitmap=bytearray(b'x')*20_000
                    cls.pool[text,size]=g
                return g
        n=0
        for i in range(5000): n+=len(Glyph(f'label {i}',12).bitmap)
        return Glyph,n


if __name__ == "__main__":
    kept = run()
