import gc
import json
import os
import random
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def receive():
    rnd = random.Random(9)
    for _ in range(120):
        yield rnd.randbytes(800_000)


def checksum(view):
    return sum(view[::4096])


@case('43b memoryview of the head pins the packet')
class _:
    def bad():
        heads, total = [], 0
        for packet in receive():
            view = memoryview(packet)
            heads.append(view[:24])
            total += checksum(view[24:])
        return heads, total

    def good():
        heads, total = [], 0
        for packet in receive():
            view = memoryview(packet)
            heads.append(bytes(view[:24]))
            total += checksum(view[24:])
        return heads, total


if __name__ == "__main__":
    kept = run()
