import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E22 gc frozen and thresholds raised after start-up')
class _:
    def good():
        import random
        class Part:
            __slots__=('no','made_of','drawing')
            def __init__(s,no,drawing): s.no=no; s.drawing=drawing; s.made_of=()
        r=random.Random(22)
        parts={no:Part(no,r.randbytes(4000)) for no in range(10_000)}
        for p in parts.values():
            if p.no>20: p.made_of=tuple(parts[r.randrange(p.no)] for _ in range(3))
        gc.collect(); gc.freeze(); old=gc.get_threshold(); gc.set_threshold(50_000,20,50)
        def weight(p,depth=5): return len(p.drawing)+p.drawing[0]+sum(weight(q,depth-1) for q in p.made_of) if depth else 1
        total=sum(weight(parts[r.randrange(10_000)]) for _ in range(3000))
        crc=0
        for p in parts.values(): crc^=hash(p.drawing)
        return parts,old,total,crc


if __name__ == "__main__":
    kept = run()
