import tempfile
import weakref
import zlib

from harness import case, run


class Spool:
    """Collects one print job and spills full blocks to a temporary file."""

    block = 300_000

    def __init__(self, job):
        self.job = job
        self.pending = bytearray()
        self.spilled = 0
        self.file = tempfile.TemporaryFile(prefix=f"job{job}-")
        self._arrange_cleanup()

    def _arrange_cleanup(self):
        weakref.finalize(self, self.close)

    def close(self):
        self.file.close()

    def add(self, data):
        self.pending += data
        while len(self.pending) >= self.block:
            self.spilled += self.file.write(self.pending[:self.block])
            del self.pending[:self.block]

    def checksum(self):
        self.file.seek(0)
        value = 0
        while data := self.file.read(65_536):
            value = zlib.crc32(data, value)
        return zlib.crc32(self.pending, value)


class ManagedSpool(Spool):
    def _arrange_cleanup(self):
        weakref.finalize(self, self.file.close)


def print_jobs(spool_type, count):
    total = spilled = 0
    for job in range(count):
        spool = spool_type(job)
        page = bytes((job + k) % 251 for k in range(2_950))
        for _ in range(200):
            spool.add(page)
        total ^= spool.checksum()
        spilled += spool.spilled
    print("jobs", count, "spilled", spilled, "checksum", total)


@case("pp 08 spool files")
class _:
    def bad():
        return print_jobs(Spool, 220)

    def good():
        return print_jobs(ManagedSpool, 220)


if __name__ == "__main__":
    kept = run()
