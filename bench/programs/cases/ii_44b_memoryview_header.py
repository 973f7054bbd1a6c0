import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def receive(n):
    """Messages of 600 KB with a head of 32 bytes."""
    import random
    r = random.Random(442)
    for _ in range(n):
        yield r.randbytes(600_000)


def head(message):
    return memoryview(message)[:32]


def checksum(message):
    import zlib
    return zlib.crc32(memoryview(message)[32:])


@case('44b slice of a memoryview keeps the buffer')
class _:
    def setup(): import random, zlib
    def bad():
        heads, total = [], 0
        for message in receive(200):
            heads.append(head(message))
            total ^= checksum(message)
        return heads, total
    def good():
        heads, total = [], 0
        for message in receive(200):
            heads.append(bytes(head(message)))
            total ^= checksum(message)
        return heads, total


if __name__ == "__main__":
    kept = run()
