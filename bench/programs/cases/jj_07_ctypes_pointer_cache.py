import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import ctypes

USHORT, BYTE = ctypes.c_ushort, ctypes.c_ubyte


def shell_items(n):
    """Item identifiers as they follow each other in a shell link: a size, then so many bytes."""
    import random
    r = random.Random(100926)
    for _ in range(n):
        size = r.randrange(20, 220)
        yield size.to_bytes(2, 'little') + r.randbytes(size - 2)


def shitemid_factory(size):
    class SHITEMID_Var(ctypes.Structure):
        _pack_ = 1
        _fields_ = (
            ('cb', USHORT),
            ('abID', BYTE * size),
        )
    return SHITEMID_Var


@case('35 ctypes.POINTER of types made at run time')
class _:
    def setup(): import random
    def bad():
        kinds = {}
        for data in shell_items(9500):
            item_ptr = ctypes.create_string_buffer(data, len(data))
            SHITEMID_Var = shitemid_factory(len(data) - ctypes.sizeof(USHORT))
            item = ctypes.cast(item_ptr, ctypes.POINTER(SHITEMID_Var)).contents
            kind = item.abID[0] & 0x70
            kinds[kind] = kinds.get(kind, 0) + item.cb
        return kinds
    def good():
        kinds = {}
        for data in shell_items(9500):
            SHITEMID_Var = shitemid_factory(len(data) - ctypes.sizeof(USHORT))
            item = SHITEMID_Var.from_buffer_copy(data)
            kind = item.abID[0] & 0x70
            kinds[kind] = kinds.get(kind, 0) + item.cb
        return kinds


if __name__ == "__main__":
    kept = run()
