import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def frames(n):
    import random
    r = random.Random(30)
    for _ in range(n):
        yield r.randbytes(300_000)


def encode(todo, out):
    import zlib
    while (frame := todo.get()) is not None:
        out.append(zlib.crc32(frame))
        time.sleep(.004)                # the slow side


def pump(todo, n=400):
    import threading
    out = []
    worker = threading.Thread(target=encode, args=(todo, out))
    worker.start()
    for frame in frames(n):
        todo.put(frame)
    todo.put(None)
    worker.join()
    return out


@case('30 producer outruns the consumer of an unbounded queue')
class _:
    def setup(): import queue, threading, zlib, random
    def bad():
        import queue
        return pump(queue.Queue())
    def good():
        import queue
        return pump(queue.Queue(maxsize=8))


if __name__ == "__main__":
    kept = run()
