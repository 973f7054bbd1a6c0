import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22b ctypes pointer type per length')
class _:
    def setup(): import ctypes
    def bad():
        import ctypes
        buf=ctypes.create_string_buffer(b'x'*20_000); n=0
        for size in range(1,15_000):
            p=ctypes.cast(buf,ctypes.POINTER(ctypes.c_char*size)); n+=len(p.contents.raw)
        return n
    def good():
        import ctypes
        buf=ctypes.create_string_buffer(b'x'*20_000); n=0
        for size in range(1,15_000):
            p=ctypes.cast(buf,ctypes.POINTER(ctypes.c_char)); n+=len(p[:size])
        return n


if __name__ == "__main__":
    kept = run()
