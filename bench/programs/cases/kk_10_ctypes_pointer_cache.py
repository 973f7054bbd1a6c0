import ctypes
import gc
import os
import struct
import sys

from harness import CASES, D, case, fixture, run


def shell_items(n):
    """Items of an ID list: two bytes of size, then as many bytes of data."""
    import random
    r = random.Random(100926)
    for _ in range(n):
        size = r.randrange(8, 600)
        yield struct.pack("<H", size) + r.randbytes(size)


def item_type(size):
    class ShellItem(ctypes.Structure):
        _pack_ = 1
        _fields_ = [
            ("cb", ctypes.c_ushort),
            ("kind", ctypes.c_ubyte),
            ("flags", ctypes.c_ubyte),
            ("modified", ctypes.c_uint),
            ("abID", ctypes.c_ubyte * (size - 6)),
        ]
    return ShellItem


@case('10 ctypes.POINTER cache keeps every structure type')
class _:
    def setup(): import random
    def bad():
        total = 0
        for raw in shell_items(12_000):
            size = struct.unpack_from("<H", raw)[0]
            buffer = ctypes.create_string_buffer(raw, len(raw))
            Item = item_type(size)
            item = ctypes.cast(buffer, ctypes.POINTER(Item)).contents
            total += item.cb + item.kind + item.abID[0]
        return total
    def good():
        total = 0
        for raw in shell_items(12_000):
            size = struct.unpack_from("<H", raw)[0]
            buffer = ctypes.create_string_buffer(raw, len(raw))
            Item = item_type(size)
            item = Item.from_buffer(buffer)
            total += item.cb + item.kind + item.abID[0]
        return total


if __name__ == "__main__":
    kept = run()
