import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 ctypes header keeps the whole packet')
class _:
    def setup():
        import ctypes
        class Header(ctypes.Structure): _fields_=[('kind',ctypes.c_int),('size',ctypes.c_int)]
        class Packet(ctypes.Structure): _fields_=[('head',Header),('body',ctypes.c_char*1_000_000)]
        c=CASES['43 ctypes header keeps the whole packet']; c.Header=Header; c.Packet=Packet
    def bad():
        c=CASES['43 ctypes header keeps the whole packet']; data=b'\1'*1_000_008
        return [c.Packet.from_buffer_copy(data).head for i in range(150)]
    def good():
        c=CASES['43 ctypes header keeps the whole packet']; data=b'\1'*1_000_008
        return [c.Header.from_buffer_copy(c.Packet.from_buffer_copy(data).head) for i in range(150)]


if __name__ == "__main__":
    kept = run()
