"""From an instruction's position to its source line: the location table of CPython 3.11 and later.

Source: Objects/locations.md of CPython. Each entry covers 1 to 8 code units; its first byte holds a
kind and that length; a line delta follows, as the kind says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_NO_LINE = 15
_LONG = 14
_NO_COLUMNS = 13
_ONE_LINE_0 = 10
_ENTRIES = re.compile(rb"[\x80-\xff][\x00-\x7f]*").findall
"""An entry is its head, whose top bit is set, and what follows up to the next head."""


@dataclass(frozen=True)
class LineTable:
    """starts[i] is the first code unit of a run on lines[i] (0 where the compiler gave no line)."""

    first_line: int
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_at(self, position: int) -> int:
        """The line of a code unit; the code's first line where none is known."""
        index = bisect_right(self.starts, position) - 1
        line = self.lines[index] if index >= 0 else 0
        return line if line > 0 else self.first_line


@lru_cache(maxsize=1 << 14)  # a recording and its snapshots have the same ones
def decode(blob: bytes) -> LineTable:
    """Decodes a table that is preceded by its first line (4 bytes). Damage ends it early."""
    first_line = int.from_bytes(blob[:4], "little", signed=True) if len(blob) >= 4 else 0
    line = first_line
    position = 0
    before = -1
    starts: list[int] = []
    lines: list[int] = []
    for entry in _ENTRIES(blob, 4):
        head = entry[0]
        kind = (head >> 3) & 15
        if kind == _NO_LINE:
            shown = 0
        else:
            if kind < _ONE_LINE_0:
                pass
            elif kind < _NO_COLUMNS:
                line += kind - _ONE_LINE_0
            else:
                value, shift = 0, 0
                for part in entry[1:]:
                    value |= (part & 63) << shift
                    shift += 6
                    if not part & 64:
                        break
                line += -(value >> 1) if value & 1 else value >> 1
            shown = line
        if before != shown:
            starts.append(position)
            lines.append(shown)
            before = shown
        position += (head & 7) + 1
    return LineTable(first_line, tuple(starts), tuple(lines))
