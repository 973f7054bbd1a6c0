"""Adds columns to a finished file: what the command line knows and the program did not.

The new columns and a new table of contents are written behind the old end, and only then the header
points to them: a writer that is interrupted leaves a file that is read as before, or by walking.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from heapwise.model.container import COLUMN_HEADER_BYTES, LONGEST_TOC, open_container
from heapwise.model.source import source_line

_TOC_FIELD = 24


def append_json(path: Path, table: str, value: object) -> None:
    """Adds the column `table.json`. Raises what `open_container` raises; OSError when the file cannot be
    written; nothing happens to a file without a table of contents, or that has the column."""
    container = open_container(path)
    if not container.complete or (table, "json") in container.columns:
        return
    if len(container.offsets) + 1 > LONGEST_TOC:
        return
    length = path.stat().st_size
    end = (length + 7) // 8 * 8
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    column = _column(table, "json", b"u1", len(text), text)
    offsets = [*container.offsets, end]
    toc = struct.pack(f"<{len(offsets)}Q", *offsets)
    added = column + _column("toc", "offsets", b"u8", len(offsets), toc)
    with path.open("r+b") as file:
        file.seek(length)
        file.write(b"\0" * (end - length) + added)
        file.flush()
        file.seek(_TOC_FIELD)
        file.write(struct.pack("<QQ", end + len(column), end + len(added)))


def embed_calls(path: Path) -> None:
    """Moves the calls that a process left beside its recording into it. Silent when there are none."""
    left = path.with_name(path.name + ".calls")
    try:
        found = json.loads(left.read_bytes())
        found["rows"].sort(key=lambda row: row[:3])
    except (FileNotFoundError, ValueError):
        return
    append_json(path, "calls", found)
    left.unlink()


def embed_sources(path: Path, lines: Mapping[str, set[int]]) -> None:
    """Keeps the text of lines (file -> line numbers) in the recording, so that a report shows what ran,
    and runs can be compared after the source has changed."""
    found = {
        file: {str(line): text for line in sorted(numbers) if (text := source_line(file, line))}
        for file, numbers in lines.items()
    }
    append_json(path, "sources", {file: texts for file, texts in found.items() if texts})


def _column(table: str, name: str, kind: bytes, count: int, values: bytes) -> bytes:
    head = struct.pack(
        "<8s24s32s4sIQ",
        b"COLUMN\0\0",
        table.encode(),
        name.encode(),
        kind,
        zlib.crc32(values),
        count,
    )
    head += struct.pack("<I", zlib.crc32(head))
    head = head.ljust(COLUMN_HEADER_BYTES, b"\0")
    return head + values + b"\0" * (-len(values) % 8)
