import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def frames(n):
    for i in range(n):
        yield os.urandom(100_000)


def encode(frame):
    import zlib
    time.sleep(0.002)
    return zlib.crc32(frame)


def paced(items, slots):
    for x in items:
        slots.acquire()
        yield x


@case('30 Pool.imap reads the whole generator ahead')
class _:
    def setup(): import multiprocessing.pool, threading, zlib
    def bad():
        from multiprocessing.pool import ThreadPool
        total = 0
        with ThreadPool(2) as pool:
            for crc in pool.imap(encode, frames(1500)):
                total ^= crc
        return total
    def good():
        import threading
        from multiprocessing.pool import ThreadPool
        total, slots = 0, threading.Semaphore(8)
        with ThreadPool(2) as pool:
            for crc in pool.imap(encode, paced(frames(1500), slots)):
                slots.release()
                total ^= crc
        return total


if __name__ == "__main__":
    kept = run()
