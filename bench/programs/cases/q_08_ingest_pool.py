"""Ingest of uploaded documents by a small pool of threads: unpack, normalise, hash."""
import hashlib
import os
import queue
import random
import sys
import tempfile
import threading
import zlib

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
INBOX = os.path.join(BASE, "r_inbox.bin")
USUAL = 256 * 1024
local = threading.local()


def write_inbox():
    rng = random.Random(9)
    vocab = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyzäöü", k=rng.randrange(3, 11))) for _ in range(5000)]
    with open(INBOX + ".part", "wb") as out:
        for n in range(240):
            words = 4_700_000 if n in (40, 105, 170) else rng.randrange(800, 9000)
            text = " ".join(rng.choices(vocab, k=words)).encode()
            data = zlib.compress(text, 1)
            out.write(len(data).to_bytes(4, "big") + len(text).to_bytes(4, "big") + data)
    os.rename(INBOX + ".part", INBOX)


def ensure_inbox():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(INBOX):
        pid = os.fork()
        if pid == 0:
            write_inbox()
            os._exit(0)
        os.waitpid(pid, 0)


def parcels():
    with open(INBOX, "rb") as inbox:
        while head := inbox.read(8):
            length, size = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
            yield inbox.tell(), length, size
            inbox.seek(length, os.SEEK_CUR)


def scratch_bad(size):
    buffer = getattr(local, "buffer", None)
    if buffer is None or len(buffer) < size:
        buffer = local.buffer = bytearray(max(size, USUAL))
    return buffer


def scratch_good(size):
    if size > USUAL:
        return bytearray(size)
    buffer = getattr(local, "buffer", None)
    if buffer is None:
        buffer = local.buffer = bytearray(USUAL)
    return buffer


def unpack(start, length, size):
    """Decompress piecewise into the scratch buffer of this thread."""
    buffer = scratch_bad(size) if ARM == "bad" else scratch_good(size)
    engine, at = zlib.decompressobj(), 0
    with open(INBOX, "rb") as inbox:
        inbox.seek(start)
        while length:
            raw = inbox.read(min(length, 16384))
            length -= len(raw)
            piece = engine.decompress(raw)
            buffer[at:at + len(piece)] = piece
            at += len(piece)
    return memoryview(buffer)[:at]


def signature(view):
    """The last bytes of a document are the salt of its signature."""
    digest = hashlib.sha1(view[-16:])
    digest.update(view)
    return digest.hexdigest()


class Worker(threading.Thread):
    def __init__(self, number, results):
        super().__init__(daemon=True, name=f"ingest-{number}")
        self.jobs = queue.Queue(maxsize=2)
        self.results = results

    def run(self):
        while True:
            number, place = self.jobs.get()
            view = unpack(*place)
            self.results[number] = (len(view), signature(view))
            view.release()
            del view
            self.jobs.task_done()


class Pool:
    def __init__(self, size):
        self.results = {}
        self.workers = [Worker(n, self.results) for n in range(size)]
        for worker in self.workers:
            worker.start()

    def submit(self, number, place):
        worker = self.workers[number % len(self.workers)]
        worker.jobs.put((number, place))
        worker.jobs.join()


def main():
    ensure_inbox()
    pool = Pool(6)
    for number, place in enumerate(parcels()):
        pool.submit(number, place)
    digest = hashlib.sha1("".join(pool.results[n][1] for n in sorted(pool.results)).encode()).hexdigest()
    print("documents", len(pool.results), "bytes", sum(s for s, _ in pool.results.values()), digest[:12])
    return pool


if __name__ == "__main__":
    pool = main()
