import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e25 weak-value cache of textures shared by scenes')
class _:
    def good():
        import weakref, random
        class Texture:
            __slots__=('name','pixels','__weakref__')
            def __init__(s,name): s.name=name; s.pixels=random.Random(name).randbytes(500_000)
        live=weakref.WeakValueDictionary(); loads=0
        def texture(k):
            nonlocal loads
            t=live.get(k)
            if t is None: t=live[k]=Texture(k); loads+=1
            return t
        r=random.Random(28); scene=[]; drawn=0
        for level in range(30):
            scene=[texture(level*10+k) for k in range(60)]
            for frame in range(200): t=r.choice(scene); drawn+=t.pixels[r.randrange(500_000)]
        assert loads==30*10+50 and len(live)==60
        return scene,live,drawn


if __name__ == "__main__":
    kept = run()
