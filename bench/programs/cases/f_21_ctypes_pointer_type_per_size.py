import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 ctypes pointer type per size')
class _:
    def setup(): import ctypes
    def bad():
        import ctypes
        data=bytes(range(256))*64
        buf=ctypes.create_string_buffer(len(data)); addr=ctypes.addressof(buf)
        def read_block(pos,size):
            block=ctypes.cast(addr,ctypes.POINTER(ctypes.c_ubyte*size))
            ctypes.memmove(block,data[pos:pos+size],size)
            return size
        print('copied',sum(read_block(0,size) for size in range(1,12_001)))
    def good():
        import ctypes
        data=bytes(range(256))*64
        buf=ctypes.create_string_buffer(len(data)); addr=ctypes.addressof(buf)
        def read_block(pos,size):
            ctypes.memmove(addr,data[pos:pos+size],size)
            return size
        print('copied',sum(read_block(0,size) for size in range(1,12_001)))


if __name__ == "__main__":
    kept = run()
