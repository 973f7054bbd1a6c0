import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E23 weak-value cache of map tiles')
class _:
    def good():
        import weakref, random, zlib
        class Tile:
            __slots__=('xy','png','__weakref__')
            def __init__(s,xy): s.xy=xy; s.png=random.Random(f'{xy}').randbytes(40_000)
        class Tiles:
            def __init__(s): s.live=weakref.WeakValueDictionary(); s.loads=0
            def get(s,xy):
                t=s.live.get(xy)
                if t is None: s.loads+=1; t=s.live[xy]=Tile(xy)
                return t
        class Viewer:
            def __init__(s,src,x,y): s.src=src; s.x=x; s.y=y; s.show()
            def show(s): s.tiles=[s.src.get((s.x+i,s.y+j)) for i in range(6) for j in range(5)]
            def pan(s,dx,dy): s.x+=dx; s.y+=dy; s.show()
            def draw(s): return sum(zlib.adler32(t.png) for t in s.tiles)
        src=Tiles(); r=random.Random(23); ink=0
        viewers=[Viewer(src,r.randrange(30),r.randrange(30)) for _ in range(60)]
        for step in range(25):
            for v in viewers: v.pan(r.choice((-1,0,1)),r.choice((-1,0,1)))
            ink+=sum(v.draw() for v in viewers)
        return src,viewers,ink


if __name__ == "__main__":
    kept = run()
