import gzip
import zlib

from harness import case, fixture, run

CHUNK = 64 * 1024
LINES = 1_150_000


def build(path):
    with gzip.open(path, "wb", compresslevel=6) as out:
        for _ in range(LINES // 1000):
            out.write(b"2024-05-01 00:00:00 gateway heartbeat ok status=200\n" * 1000)


def body_chunks(path):
    """The request body as it comes from the socket."""
    with open(path, "rb") as body:
        while chunk := body.read(CHUNK):
            yield chunk


class LogIntake:
    def __init__(self):
        self.lines = 0
        self.size = 0
        self.checksum = 0

    def inflate(self, chunks):
        inflater = zlib.decompressobj(wbits=31)
        for chunk in chunks:
            yield inflater.decompress(chunk)
        yield inflater.flush()

    def receive(self, chunks):
        for block in self.inflate(chunks):
            self.lines += block.count(b"\n")
            self.size += len(block)
            self.checksum = zlib.crc32(block, self.checksum)


class BoundedLogIntake(LogIntake):
    def inflate(self, chunks):
        inflater = zlib.decompressobj(wbits=31)
        for chunk in chunks:
            while chunk:
                yield inflater.decompress(chunk, CHUNK)
                chunk = inflater.unconsumed_tail
        yield inflater.flush()


def accept(intake, path):
    for upload in range(15):
        intake.receive(body_chunks(path))
    print("lines", intake.lines, "bytes", intake.size, "crc", f"{intake.checksum:08x}")
    return intake


@case("oo 18 compressed intake")
class _:
    def setup():
        _.path = fixture("oo_gateway_log.gz", build)

    def bad():
        return accept(LogIntake(), _.path)

    def good():
        return accept(BoundedLogIntake(), _.path)


if __name__ == "__main__":
    kept = run()
