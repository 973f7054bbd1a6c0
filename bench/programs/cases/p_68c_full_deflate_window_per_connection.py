import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68c full deflate window per connection')
class _:
    def setup(): import zlib
    def bad():
        import zlib
        class Conn:
            def __init__(s): s.deflate=zlib.compressobj(wbits=-15)
            def send(s,m): return s.deflate.compress(m)+s.deflate.flush(zlib.Z_SYNC_FLUSH)
        conns=[Conn() for i in range(400)]
        for k in range(20):
            for c in conns: c.send(os.urandom(2000))
        return conns
    def good():
        import zlib
        class Conn:
            def __init__(s): s.deflate=zlib.compressobj(wbits=-12,memLevel=5)
            def send(s,m): return s.deflate.compress(m)+s.deflate.flush(zlib.Z_SYNC_FLUSH)
        conns=[Conn() for i in range(400)]
        for k in range(20):
            for c in conns: c.send(os.urandom(2000))
        return conns


if __name__ == "__main__":
    kept = run()
