import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44a memoryview header pins the packet')
class _:
    def bad():
        headers=[]
        for i in range(200):
            packet=bytearray(b'x')*500_000
            headers.append(memoryview(packet)[:16])
        return headers
    def good():
        headers=[]
        for i in range(200):
            packet=bytearray(b'x')*500_000
            headers.append(bytes(memoryview(packet)[:16]))
        return headers


if __name__ == "__main__":
    kept = run()
