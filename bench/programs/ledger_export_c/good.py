"""Nightly ledger export: gzip'd CSV for the accounting system."""
import csv
import gzip
import hashlib
import tempfile
from datetime import date, timedelta
from pathlib import Path

N_BOOKINGS = 330_000
HEADER = ("booking", "day", "account", "contra", "cents", "text")


def bookings():
    """Stands for a server-side cursor over the ledger."""
    first = date(2023, 1, 1)
    for n in range(N_BOOKINGS):
        yield (
            f"B{n:09d}",
            first + timedelta(days=n // 1000),
            4000 + n % 70,
            1200 + n * 3 % 11,
            n * 7919 % 1_000_000 - 250_000,
            f"Invoice {n * 31 % 100_003:06d} customer {n % 9000:05d} settled",
        )


def write_rows(stream, rows):
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


class LedgerExport:
    def __init__(self, folder):
        self.path = Path(folder) / "ledger.csv.gz"

    def save(self, rows):
        with gzip.open(self.path, "wt", compresslevel=1, encoding="utf-8", newline="") as out:
            return write_rows(out, rows)

    def digest(self):
        seen = hashlib.sha256()
        size = 0
        with gzip.open(self.path, "rb") as src:
            while chunk := src.read(1 << 16):
                seen.update(chunk)
                size += len(chunk)
        return size, seen.hexdigest()[:16]


def main():
    with tempfile.TemporaryDirectory() as tmp:
        export = LedgerExport(tmp)
        count = export.save(bookings())
        size, digest = export.digest()
    print("bookings", count)
    print("plain bytes", size, "sha256", digest)


if __name__ == "__main__":
    main()
