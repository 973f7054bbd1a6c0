"""Reads the compressed upload of a weather probe: a gzip of fixed records of 24 bytes."""
import gzip
import struct

from harness import case, fixture, run

RECORD = struct.Struct("<IHHdd")
COUNT = 5_000_000
BLOCK = RECORD.size * 4096


def build(path):
    with gzip.open(path, "wb", compresslevel=1) as out:
        for start in range(0, COUNT, 1000):
            out.write(b"".join(RECORD.pack(n, n % 40, n % 7, (n % 977) / 8, 900 + n % 130)
                               for n in range(start, start + 1000)))


class Summary:
    def __init__(self):
        self.records = 0
        self.warmest = -273.0
        self.lowest_pressure = 2000.0
        self.faults = 0

    def take(self, data):
        for _, _, status, temperature, pressure in RECORD.iter_unpack(data):
            self.records += 1
            if status == 6:
                self.faults += 1
                continue
            if temperature > self.warmest:
                self.warmest = temperature
            if pressure < self.lowest_pressure:
                self.lowest_pressure = pressure

    def __str__(self):
        return (f"{self.records} records, {self.faults} faults, warmest {self.warmest:.2f}, "
                f"lowest pressure {self.lowest_pressure:.1f}")


def read_upload(path):
    summary = Summary()
    with open(path, "rb") as file:
        body = gzip.decompress(file.read())
    summary.take(body)
    return summary


def read_upload_in_blocks(path):
    summary = Summary()
    with gzip.open(path, "rb") as file:
        while block := file.read(BLOCK):
            summary.take(block)
    return summary


@case("ac 15 probe upload")
class _:
    def bad():
        summary = read_upload(fixture("ac_15_probe.gz", build))
        print(summary)
        return summary

    def good():
        summary = read_upload_in_blocks(fixture("ac_15_probe.gz", build))
        print(summary)
        return summary


if __name__ == "__main__":
    kept = run()
