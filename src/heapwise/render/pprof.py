"""pprof: gzipped profile.proto with Go's four heap sample types, in use by default.

Source of the field numbers: github.com/google/pprof, proto/profile.proto.
"""

from __future__ import annotations

import gzip
from datetime import datetime

from heapwise.analyze.selection import Selection
from heapwise.analyze.stack_tree import StackTree, stack_tree
from heapwise.model.recording import Recording

SAMPLE_TYPES = (
    ("alloc_objects", "count"),
    ("alloc_space", "bytes"),
    ("inuse_objects", "count"),
    ("inuse_space", "bytes"),
)
_VARINT, _BYTES = 0, 2


def render(recording: Recording, selection: Selection) -> bytes:
    """Bytes of a .pb.gz. "In use" is the end of the recording, or its peak with `--at peak`."""
    tree = stack_tree(recording, selection)
    strings: dict[str, int] = {"": 0}

    def text(value: str) -> int:
        return strings.setdefault(value, len(strings))

    out = bytearray()
    for kind, unit in SAMPLE_TYPES:
        out += _message(1, _number(1, text(kind)) + _number(2, text(unit)))
    out += _samples(tree, at_peak=selection.at == "peak")
    functions: dict[tuple[str, str], int] = {}
    tables = bytearray()
    for at, frame in enumerate(recording.frames):
        key = (frame.function, frame.file)
        number = functions.setdefault(key, len(functions) + 1)
        line = _message(4, _number(1, number) + _number(2, frame.line))
        tables += _message(4, _number(1, at + 1) + line)
    for (function, file), number in functions.items():
        name = text(function)
        body = _number(1, number) + _number(2, name) + _number(3, name) + _number(4, text(file))
        tables += _message(5, body)
    out += tables
    period = _message(11, _number(1, text("space")) + _number(2, text("bytes")))
    default = text("inuse_space")
    for value in strings:
        out += _message(6, value.encode())
    out += _number(9, _started_ns(recording))
    out += _number(10, round(recording.summary.duration_s * 1e9))
    out += (
        period
        + _number(12, max(recording.summary.sampling_interval_bytes, 1))
        + _number(14, default)
    )
    return gzip.compress(bytes(out), mtime=0)


def _samples(tree: StackTree, *, at_peak: bool) -> bytes:
    in_use, in_use_count = ("peak_bytes", "peak_count") if at_peak else ("end_bytes", "end_count")
    columns = [tree.own[name] for name in ("count", "total_bytes", in_use_count, in_use)]
    out = bytearray()
    # Locations run from the innermost frame outwards.
    locations: list[tuple[int, ...]] = [()]
    for row in range(1, len(tree.parent)):
        locations.append((tree.frame[row] + 1, *locations[tree.parent[row]]))
        values = [max(round(column[row]), 0) for column in columns]
        if any(values):
            packed = b"".join(map(_varint, locations[row]))
            out += _message(2, _message(1, packed) + _message(2, b"".join(map(_varint, values))))
    return bytes(out)


def _started_ns(recording: Recording) -> int:
    try:
        started = datetime.fromisoformat(
            str(recording.meta.get("started_at")).replace("Z", "+00:00")
        )
    except ValueError:
        return 0
    return round(started.timestamp() * 1e9)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _message(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(body)) + body
