import io
import tarfile
import zlib

from harness import case, fixture, run

LETTERS = 66_000


def build(path):
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for number in range(LETTERS):
            body = f"From: member{number % 700}@club.example\nSubject: notice {number}\n\n{number * 7919}\n".encode()
            entry = tarfile.TarInfo(f"mail/{number % 97:02d}/letter-{number:06d}.eml")
            entry.size = len(body)
            tar.addfile(entry, io.BytesIO(body))


class MailImport:
    """Reads the letters of an exported mailbox, one after the other."""

    def __init__(self):
        self.letters = 0
        self.bytes = 0
        self.checksum = 0
        self.senders = set()

    def run(self, path):
        with tarfile.open(path) as tar:
            for entry in tar:
                self.take(tar.extractfile(entry))
        return self

    def take(self, file):
        head, _, body = file.read().partition(b"\n\n")
        self.letters += 1
        self.bytes += len(body)
        self.checksum = zlib.crc32(body, self.checksum)
        self.senders.add(head.split(b"\n")[0][6:])


class StreamedMailImport(MailImport):
    def run(self, path):
        with tarfile.open(path) as tar:
            for entry in tar:
                self.take(tar.extractfile(entry))
                tar.members = []
        return self


def bring_in(kind, path):
    done = kind().run(path)
    print("letters", done.letters, "bytes", done.bytes, "senders", len(done.senders), "checksum", done.checksum)
    return done


@case("rr 14 mail archive")
class _:
    def setup():
        _.path = fixture("rr_mail.tar", build)

    def bad():
        return bring_in(MailImport, _.path)

    def good():
        return bring_in(StreamedMailImport, _.path)


if __name__ == "__main__":
    kept = run()
