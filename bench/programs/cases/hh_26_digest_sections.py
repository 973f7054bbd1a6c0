"""Measurement uploads during the day; a digest mail in the evening made of one section per upload."""
import io
from dataclasses import dataclass

import numpy as np

from harness import CASES, D, case, fixture, run


@dataclass(frozen=True, slots=True)
class Receipt:
    station: str
    rows: int
    accepted: bool


class Digest:
    """Sections are called when the mail is written."""

    def __init__(self):
        self._sections = []

    def section(self, title):
        def register(fn):
            self._sections.append((title, fn))
            return fn
        return register

    def write(self):
        out = io.StringIO()
        for title, fn in self._sections:
            out.write(f"== {title} ==\n{fn()}\n")
        return out.getvalue()


class UploadService:
    limits = (-40.0, 55.0)

    def __init__(self):
        self.digest = Digest()
        self.receipts = []

    def parse(self, payload):
        return np.frombuffer(payload, dtype=np.float32).astype(np.float64).reshape(-1, 4)

    def accept(self, station, payload):
        table = self.parse(payload)
        low, high = self.limits
        outliers = int(((table < low) | (table > high)).sum())
        self.receipts.append(Receipt(station, len(table), outliers < len(table) // 10))
        self.announce(station, table, outliers)

    def announce(self, station, table, outliers):
        @self.digest.section(station)
        def summary():
            mean = float(table.mean())
            return f"{len(table)} rows, mean {mean:.2f}, {outliers} outliers"


class BriefUploadService(UploadService):
    def announce(self, station, table, outliers):
        text = f"{len(table)} rows, mean {float(table.mean()):.2f}, {outliers} outliers"

        @self.digest.section(station)
        def summary():
            return text


def payloads(count):
    rng = np.random.default_rng(26)
    for i in range(count):
        rows = int(rng.integers(9_000, 14_000))
        yield f"station-{i:03d}", rng.normal(12.0, 15.0, rows * 4).astype(np.float32).tobytes()


def collect(service):
    for station, payload in payloads(200):
        service.accept(station, payload)
    return service, len(service.digest.write())


@case('26 digest sections close over the uploaded table')
class _:
    def bad():
        return collect(UploadService())

    def good():
        return collect(BriefUploadService())


if __name__ == "__main__":
    kept = run()
