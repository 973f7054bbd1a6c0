import gc
import json
import os
import queue
import random
import sys
import tempfile
import threading
import time
import zlib

from harness import CASES, D, case, fixture, run


def writer(q, out):
    crc = 0
    while (block := q.get()) is not None:
        time.sleep(0.0008)
        crc = zlib.crc32(block, crc)
    out.append(crc)


def pump(q):
    out, rnd = [], random.Random(1)
    t = threading.Thread(target=writer, args=(q, out))
    t.start()
    for _ in range(1500):
        q.put(rnd.randbytes(60_000))
    q.put(None)
    t.join()
    return out[0]


@case('30 queue without a bound between a fast reader and a slow writer')
class _:
    def bad():
        q = queue.Queue()
        return pump(q)

    def good():
        q = queue.Queue(maxsize=16)
        return pump(q)


if __name__ == "__main__":
    kept = run()
