import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import random
import uuid


def issued(n):
    rnd = random.Random(99)
    for _ in range(n):
        yield str(uuid.UUID(int=rnd.getrandbits(128), version=4))


class Tokens:
    """Tokens packed in one buffer, 16 bytes each."""
    def __init__(self, texts):
        self.raw = bytearray()
        for t in texts:
            self.raw += bytes.fromhex(t.replace('-', ''))

    def __len__(self): return len(self.raw) // 16
    def __getitem__(self, i): return str(uuid.UUID(bytes=bytes(self.raw[16 * i:16 * i + 16])))


@case('66 UUIDs kept as 36-character strings')
class _:
    def bad():
        tokens = []
        for t in issued(600_000):
            tokens.append(t)
        return tokens
    def good():
        return Tokens(issued(600_000))


if __name__ == "__main__":
    kept = run()
