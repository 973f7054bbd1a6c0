import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 memoryview slice keeps the packet')
class _:
    def packet(i): return i.to_bytes(8,'big')+bytes([i])*500_000
    def bad():
        packet=CASES['43 memoryview slice keeps the packet'].packet
        return [memoryview(packet(i))[:8] for i in range(200)]
    def good():
        packet=CASES['43 memoryview slice keeps the packet'].packet
        return [bytes(memoryview(packet(i))[:8]) for i in range(200)]


if __name__ == "__main__":
    kept = run()
