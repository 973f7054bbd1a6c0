"""Batch importer: validates measurement files, one schema per file kind."""
import time
from typing import List

import marshmallow
import marshmallow_dataclass
from dataclasses import dataclass


@dataclass
class Station:
    name: str
    latitude: float
    longitude: float


@dataclass
class Header:
    station: Station
    kind: str
    samples: int


class ImportSchema(marshmallow.Schema):
    class Meta:
        unknown = marshmallow.EXCLUDE


def read_file(n):
    raw = (b"%08d;" % n) * 220_000
    meta = {"station": {"name": "st-%d" % n, "latitude": 51.5, "longitude": 0.1 * n},
            "kind": "rain" if n % 2 else "wind", "samples": len(raw) // 9, "spare": n}
    return raw, meta


def import_file(n):
    raw, meta = read_file(n)
    schema = marshmallow_dataclass.class_schema(Header, base_schema=schema_base(n))()
    header = schema.load(meta)
    checksum = sum(raw[:4096]) % 65521
    return header.station.name, header.samples, checksum


def schema_base(n):
    """Each supplier has its own base schema."""
    return type("Supplier%dSchema" % n, (ImportSchema,), {})


def main():
    done: List[tuple] = []
    for n in range(40):
        done.append(import_file(n))
    print("files", len(done), "samples", sum(d[1] for d in done))
    time.sleep(0.3)


main()
