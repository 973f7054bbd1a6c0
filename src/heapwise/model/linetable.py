"""From an instruction's position to its source line: the location table of CPython 3.11 and later.

Source: Objects/locations.md of CPython. Each entry covers 1 to 8 code units; its first byte holds a
kind and that length; a line delta follows, as the kind says.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_NO_LINE = 15
_LONG = 14
_NO_COLUMNS = 13
_ONE_LINE_0 = 10


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


def decode(blob: bytes) -> LineTable:
    """Decodes a table that is preceded by its first line (4 bytes). Damage ends it early."""
    first_line = int.from_bytes(blob[:4], "little", signed=True) if len(blob) >= 4 else 0
    line = first_line
    position = 0
    starts: list[int] = []
    lines: list[int] = []
    at = 4
    while at < len(blob):
        head = blob[at]
        at += 1
        kind = (head >> 3) & 15
        shown = 0
        if kind != _NO_LINE:
            delta = 0
            if kind in (_LONG, _NO_COLUMNS):
                value, shift = 0, 0
                while at < len(blob):
                    part = blob[at]
                    at += 1
                    value |= (part & 63) << shift
                    shift += 6
                    if not part & 64:
                        break
                delta = -(value >> 1) if value & 1 else value >> 1
            elif kind >= _ONE_LINE_0:
                delta = kind - _ONE_LINE_0
            line += delta
            shown = line
        # Columns follow; the next entry begins at the next byte whose top bit is set.
        while at < len(blob) and not blob[at] & 128:
            at += 1
        if not lines or lines[-1] != shown:
            starts.append(position)
            lines.append(shown)
        position += (head & 7) + 1
    return LineTable(first_line, tuple(starts), tuple(lines))
