import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def thumbnail(i):
    import random
    return random.Random(i).randbytes(240_000 + i * 16)


def checksum(blob):
    import zlib
    return zlib.adler32(blob)


@case('28 every future kept until the last is done')
class _:
    def setup(): import concurrent.futures, random, zlib
    def bad():
        from concurrent.futures import ThreadPoolExecutor, as_completed
        sums = {}
        with ThreadPoolExecutor(2) as ex:
            futures = {ex.submit(thumbnail, i): i for i in range(400)}
            for f in as_completed(futures):
                sums[futures[f]] = checksum(f.result())
        return sums
    def good():
        from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
        sums, running, todo = {}, {}, iter(range(400))
        with ThreadPoolExecutor(2) as ex:
            while True:
                while len(running) < 6 and (i := next(todo, None)) is not None:
                    running[ex.submit(thumbnail, i)] = i
                if not running: return sums
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for f in done: sums[running.pop(f)] = checksum(f.result())
                del f, done


if __name__ == "__main__":
    kept = run()
