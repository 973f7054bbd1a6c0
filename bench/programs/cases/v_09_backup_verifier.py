"""Verifies a backup archive as a stream: every file is hashed and added up per top folder."""
import io
import os
import random
import sys
import tarfile
import tempfile
import zlib
from dataclasses import dataclass

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
ARCHIVE = os.path.join(FOLDER, "ww-backup.tar")


def make_archive(path):
    rnd = random.Random(190)
    owners = ["ana", "bert", "chidi", "dora", "emil"]
    with tarfile.open(path + ".part", "w", format=tarfile.PAX_FORMAT) as tar:
        for number in range(42000):
            entry = tarfile.TarInfo("%s/%04d/übung-%x/note-%06d.md" % (
                rnd.choice(["docs", "mail", "photos", "src", "wiki"]), rnd.randrange(3000),
                rnd.getrandbits(44), number))
            entry.mtime = 1.6e9 + rnd.randrange(10 ** 8) + rnd.random()
            entry.uname = entry.gname = rnd.choice(owners)
            entry.pax_headers = {"SCHILY.xattr.user.sum": "%032x" % rnd.getrandbits(128)}
            data = b"%x " % rnd.getrandbits(128) * rnd.randint(1, 14)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    os.rename(path + ".part", path)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


@dataclass
class FolderSum:
    files: int = 0
    size: int = 0
    newest: float = 0.0
    check: int = 0

    def add(self, entry, data):
        self.files += 1
        self.size += len(data)
        self.newest = max(self.newest, entry.mtime)
        self.check ^= zlib.crc32(data, zlib.crc32(entry.name.encode()))


class ArchiveStream:
    """Walks an archive that may come from a pipe, entry by entry."""

    def __init__(self, path):
        self.path = path
        self.archive = None

    def __enter__(self):
        self.archive = tarfile.open(self.path, "r|")
        return self

    def __exit__(self, *exc):
        self.archive.close()

    def _next_bad(self):
        return self.archive.next()

    def _next_good(self):
        entry = self.archive.next()
        self.archive.members.clear()
        return entry

    _next = _next_bad if ARM == "bad" else _next_good

    def entries(self):
        while (entry := self._next()) is not None:
            if entry.isreg():
                yield entry, self.archive.extractfile(entry).read()


class Verifier:
    def __init__(self):
        self.folders = {}
        self.damaged = 0

    def _accept(self, entry, data):
        if len(data) != entry.size:
            self.damaged += 1
            return
        top = entry.name.partition("/")[0]
        if top not in self.folders:
            self.folders[top] = FolderSum()
        self.folders[top].add(entry, data)

    def run(self, path):
        with ArchiveStream(path) as stream:
            for entry, data in stream.entries():
                self._accept(entry, data)

    def lines(self):
        for name, total in sorted(self.folders.items()):
            yield "%s:%d:%d:%08x" % (name, total.files, total.size, total.check)


ensure(ARCHIVE, make_archive)
VERIFIER = Verifier()
VERIFIER.run(ARCHIVE)
print("damaged", VERIFIER.damaged, *VERIFIER.lines())
