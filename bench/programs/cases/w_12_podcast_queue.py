"""Podcast transcoder: uploads are received into a spool and wait for the encoder."""
import os
import random
import sys
import tempfile
import zlib
from collections import deque

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
CHUNK = 64 * 1024
SPOOL_BAD = {"chunk": CHUNK}
SPOOL_GOOD = {"chunk": CHUNK, "max_size": 256 * 1024}


def build_inbox(folder):
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(17)
    for n in range(34):
        with open(os.path.join(folder, f"episode-{n:03d}.wav"), "wb") as out:
            for _ in range(rng.randrange(35, 75)):
                out.write(rng.randbytes(CHUNK))


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


class Upload:
    def __init__(self, name, spool, size, checksum):
        self.name = name
        self.spool = spool
        self.size = size
        self.checksum = checksum


class Spooler:
    """Receives a body; small ones stay in memory, large ones go to disk."""

    def __init__(self, options):
        self.chunk = options["chunk"]
        self.max_size = options.get("max_size", 0)

    def open(self):
        return tempfile.SpooledTemporaryFile(max_size=self.max_size, prefix="xx-spool-")

    def receive(self, name, stream):
        spool, size, checksum = self.open(), 0, 0
        while data := stream.read(self.chunk):
            spool.write(data)
            size += len(data)
            checksum = zlib.crc32(data, checksum)
        spool.seek(0)
        return Upload(name, spool, size, checksum)


class Encoder:
    """Stands for the real encoder: reads the spool and measures loudness."""

    def encode(self, upload):
        loud = 0
        while data := upload.spool.read(CHUNK):
            loud += sum(data[::97])
        return loud


class TranscodeQueue:
    def __init__(self):
        self.waiting = deque()
        self.done = []

    def submit(self, upload):
        self.waiting.append(upload)

    def work(self, encoder):
        upload = self.waiting.popleft()
        try:
            self.done.append((upload.name, upload.size, encoder.encode(upload)))
        finally:
            upload.spool.close()


class Server:
    def __init__(self, options):
        self.spooler = Spooler(options)
        self.queue = TranscodeQueue()
        self.encoder = Encoder()

    def post(self, path):
        with open(path, "rb") as stream:
            upload = self.spooler.receive(os.path.basename(path), stream)
        self.queue.submit(upload)

    def serve(self, folder):
        for n, name in enumerate(sorted(os.listdir(folder))):
            self.post(os.path.join(folder, name))
            if n % 5 == 4:
                self.queue.work(self.encoder)


def main(arm):
    server = Server(SPOOL_BAD if arm == "bad" else SPOOL_GOOD)
    server.serve(prepared("xx-inbox", build_inbox))
    waiting = server.queue.waiting
    print(f"done={len(server.queue.done)} waiting={len(waiting)} loud={sum(d[2] for d in server.queue.done)} "
          f"crc={sum(u.checksum for u in waiting)}")
    return server


if __name__ == "__main__":
    SERVER = main(sys.argv[1])
