import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('32 itertools.cycle keeps every batch')
class _:
    class Loader:
        def __iter__(s):
            for i in range(1000): yield bytearray(b'x')*100_000
    def bad():
        import itertools
        batches=itertools.cycle(CASES['32 itertools.cycle keeps every batch'].Loader()); n=0
        for step in range(900): n+=len(next(batches))
        return batches,n
    def good():
        def forever(loader):
            while True: yield from loader
        batches=forever(CASES['32 itertools.cycle keeps every batch'].Loader()); n=0
        for step in range(900): n+=len(next(batches))
        return batches,n


if __name__ == "__main__":
    kept = run()
