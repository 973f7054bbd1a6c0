import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e12 few documents with cached_property (no slots)')
class _:
    def setup(): import numpy.random
    def good():
        import functools, random, zlib, numpy as np
        class Document:
            def __init__(s,name,text): s.name=name; s.text=text
            @functools.cached_property
            def vector(s):
                v=np.bincount([zlib.crc32(w.encode())&4095 for w in s.text.split()],minlength=4096).astype(np.float32); v/=np.linalg.norm(v); return v
        r=random.Random(13); vocab=[r.randbytes(3).hex() for _ in range(30_000)]
        docs=[Document(f'doc{i}',' '.join(r.choices(vocab,k=5000))) for i in range(500)]
        sim=[max(float(a.vector@b.vector) for b in r.sample(docs,40) if b is not a) for a in docs]
        found=[[d.name for d in docs if w in d.text] for w in vocab[:20]]
        return docs,sim,found


if __name__ == "__main__":
    kept = run()
