"""Take stock of an archive of small sensor messages without unpacking it."""
import io
import json
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

N_MESSAGES = 64_000
STATIONS = ("alpha", "bravo", "delta", "kilo", "tango", "zulu")


def message(n):
    k = n * 48271 % 2147483647
    return {"station": STATIONS[k % 6], "hour": n // 700 % 24, "level": k % 997, "ok": k % 19 != 0}


def write_archive(path):
    with open(path, "wb") as out:
        for n in range(N_MESSAGES):
            body = json.dumps(message(n)).encode()
            info = tarfile.TarInfo(f"spool/{n // 1000:03d}/message-{n:07d}.json")
            info.size = len(body)
            info.mtime = 1_600_000_000 + n * 5
            info.uname = info.gname = "spooler"
            out.write(info.tobuf(tarfile.USTAR_FORMAT))
            out.write(body.ljust(-(-len(body) // 512) * 512, b"\0"))
        out.write(b"\0" * 1024)


def messages(path):
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            if not member.isfile():
                continue
            yield member, tar.extractfile(member).read()
            tar.members = []


class Inventory:
    def __init__(self):
        self.per_station = Counter()
        self.faulty = Counter()
        self.levels = Counter()
        self.bytes = 0
        self.first = self.last = None

    def add(self, member, body):
        record = json.load(io.BytesIO(body))
        self.per_station[record["station"]] += 1
        if not record["ok"]:
            self.faulty[record["station"]] += 1
        self.levels[record["level"] // 100] += 1
        self.bytes += member.size
        if self.first is None:
            self.first = member.mtime
        self.last = member.mtime

    def report(self):
        print("messages", self.per_station.total(), "bytes", self.bytes, "span", self.last - self.first)
        for station in STATIONS:
            print(f"  {station:6} {self.per_station[station]:6} faulty {self.faulty[station]}")
        print("levels", [self.levels[band] for band in range(10)])


def main():
    inventory = Inventory()
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "spool.tar"
        write_archive(path)
        for member, body in messages(path):
            inventory.add(member, body)
    inventory.report()


if __name__ == "__main__":
    main()
