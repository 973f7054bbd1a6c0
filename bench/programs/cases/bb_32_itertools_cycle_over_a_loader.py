import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('32 itertools.cycle over a loader')
class _:
    def bad():
        import itertools
        class Loader:
            def __iter__(s): return (bytearray(b'x')*500_000 for _ in range(200))
        batches=itertools.cycle(Loader())
        n=sum(len(b) for b in itertools.islice(batches,400)); return batches,n
    def good():
        import itertools
        class Loader:
            def __iter__(s): return (bytearray(b'x')*500_000 for _ in range(200))
        def forever(loader):
            while True: yield from loader
        batches=forever(Loader())
        n=sum(len(b) for b in itertools.islice(batches,400)); return batches,n


if __name__ == "__main__":
    kept = run()
