"""Reads the file format of native/container/FORMAT.md without copying a column.

Whatever the bytes are, the answer is columns or a HeapwiseError: every offset, length, type and
checksum is checked before it is believed.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from heapwise.errors import (
    DamagedFileError,
    MissingFileError,
    NewerFormatError,
    NotARecordingError,
)
from heapwise.model.mark import MAGIC

NEWEST_VERSION = 1
BYTE_ORDER_MARK = 0x0A0B0C0D
KIND_RECORDING = 1
KIND_SNAPSHOT = 2
HEADER_BYTES = 64
COLUMN_HEADER_BYTES = 96
LONGEST_TOC = 4096

# Type in the file -> (format of memoryview.cast, bytes).
_TYPES: dict[bytes, tuple[Any, int]] = {
    b"u1": ("B", 1),
    b"u4": ("I", 4),
    b"u8": ("Q", 8),
    b"i4": ("i", 4),
    b"i8": ("q", 8),
    b"f8": ("d", 8),
}

Column = Any
"""A typed memoryview: of int, or of float for f8."""


@dataclass
class Container:
    """The columns of one file: (table, column) -> typed memoryview over the mapped bytes."""

    path: Path
    kind: int
    columns: dict[tuple[str, str], Column]
    complete: bool = True
    """False when the table of contents was missing and columns were found one after the other."""
    offsets: list[int] = field(default_factory=list, repr=False)
    """Where the columns begin, as the table of contents has them."""
    _keep: list[object] = field(default_factory=list, repr=False)

    def column(self, table: str, name: str) -> Column:
        """One column; DamagedFileError when the file lacks it."""
        try:
            return self.columns[table, name]
        except KeyError:
            raise DamagedFileError(f"{self.path} lacks the column {table}.{name}") from None

    def optional(self, table: str, name: str) -> Column | None:
        """One column, or None when the file lacks it."""
        return self.columns.get((table, name))

    def scalar(self, table: str, name: str, default: float = 0) -> float:
        """The single value of a column of one row."""
        column = self.columns.get((table, name))
        if column is None or len(column) == 0:
            return default
        value: float = column[0]
        return value


def open_container(path: Path) -> Container:
    """Opens and checks a file. Raises MissingFileError, NotARecordingError, NewerFormatError,
    DamagedFileError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise MissingFileError(f"there is no file {path}") from None
    except OSError as error:
        raise MissingFileError(f"{path} cannot be read: {error.strerror}") from None
    try:
        length = os.fstat(descriptor).st_size
        if length < HEADER_BYTES:
            head = os.read(descriptor, len(MAGIC)) if length else b""
            if head == MAGIC:
                raise DamagedFileError(f"{path} is cut off inside its header")
            raise NotARecordingError(f"{path} is no recording of Heapwise")
        mapped = mmap.mmap(descriptor, length, prot=mmap.PROT_READ, flags=mmap.MAP_PRIVATE)
    except IsADirectoryError:
        raise NotARecordingError(f"{path} is a directory") from None
    except (OSError, ValueError) as error:
        raise MissingFileError(f"{path} cannot be read: {error}") from None
    finally:
        os.close(descriptor)
    return _parse(path, memoryview(mapped), mapped)


def _parse(path: Path, data: memoryview, mapped: object) -> Container:
    magic, version, mark, kind, _, toc_offset, file_bytes = struct.unpack_from("<8sIIIIQQ", data)
    if magic != MAGIC:
        raise NotARecordingError(f"{path} is no recording of Heapwise")
    if mark != BYTE_ORDER_MARK:
        raise DamagedFileError(f"{path} has an altered header")
    if version > NEWEST_VERSION:
        raise NewerFormatError(
            f"{path} has format {version}, this Heapwise reads up to {NEWEST_VERSION}",
            "upgrade Heapwise",
        )
    container = Container(path, kind, {}, _keep=[mapped])
    offsets = _contents(data, toc_offset) if file_bytes == len(data) else None
    if offsets is None:
        container.complete = False
        for table, name, column, _ in _walk(data):
            container.columns[table, name] = column
        return container
    container.offsets = offsets
    for offset in offsets:
        found = _column_at(data, offset)
        if found is None:
            raise DamagedFileError(f"{path} was altered near byte {offset}")
        table, name, column, _ = found
        container.columns[table, name] = column
    return container


def _contents(data: memoryview, toc_offset: int) -> list[int] | None:
    """The offsets in the table of contents, or None when there is none that can be believed."""
    if toc_offset == 0:
        return None
    found = _column_at(data, toc_offset)
    if found is None or found[:2] != ("toc", "offsets") or len(found[2]) > LONGEST_TOC:
        return None
    return list(found[2])


def _walk(data: memoryview) -> Iterator[tuple[str, str, Column, int]]:
    """Columns one after the other, up to the first that is cut or altered."""
    offset = HEADER_BYTES
    while (found := _column_at(data, offset)) is not None:
        if found[0] != "toc":
            yield found
        offset = found[3]


def _column_at(data: memoryview, offset: int) -> tuple[str, str, Column, int] | None:
    """(table, column, values, offset behind it), or None when that is not a whole, true column."""
    start = offset + COLUMN_HEADER_BYTES
    if offset % 8 or offset < HEADER_BYTES or start > len(data):
        return None
    head = data[offset:start]
    magic, table, name, kind, crc, count, head_crc = struct.unpack_from("<8s24s32s4sIQI", head)
    if magic != b"COLUMN\0\0" or zlib.crc32(head[:80]) != head_crc:
        return None
    known = _TYPES.get(kind.rstrip(b"\0"))
    if known is None or count > len(data):
        return None
    code, width = known
    end = start + count * width
    if end > len(data) or zlib.crc32(data[start:end]) != crc:
        return None
    values = data[start:end].cast(code)
    behind = (end + 7) // 8 * 8
    return (
        table.rstrip(b"\0").decode("ascii", "replace"),
        name.rstrip(b"\0").decode("ascii", "replace"),
        values,
        behind,
    )
