"""The columns of a snapshot's nodes and edges, and their strings: as the file has them, or made from what it has.

What few nodes have stands in the file as rows of those, and is spread over all on first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from heapwise.model.container import Container
from heapwise.model.graph import native_graph, u4, u8


class HeapColumns:
    """The part of a snapshot that is columns of numbers."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._made: dict[str, Sequence[int]] = {}
        self._texts: dict[int, str] = {}

    def nodes(self, name: str) -> Sequence[int]:
        """A column of the nodes: address, type, size_bytes, foreign_bytes, slack_bytes, refcount,
        site, birth, first_edge, edges_count, dominator, retained_bytes."""
        column: Sequence[int] | None = self._container.optional("nodes", name)
        if column is None:
            column = self._made.get(name)
        if column is None:
            column = self._made[name] = self._make(name)
        return column

    def _make(self, name: str) -> Sequence[int]:
        """A column that the file has in few rows, or that others tell."""
        if name == "first_edge":
            return u4(native_graph().row_starts(self.nodes("edges_count")))
        if name in ("foreign_bytes", "slack_bytes"):
            return self.spread(name.removesuffix("_bytes"), "bytes")
        if name in ("site", "birth"):  # nothing was recorded
            return u4(bytes(4 * len(self)))
        found: Sequence[int] = self._container.column("nodes", name)
        return found

    def spread(self, table: str, column: str) -> Sequence[int]:
        """The values of a table of few nodes as a column of all (u8)."""
        rows, values = self._container.column(table, "node"), self._container.column(table, column)
        return u8(native_graph().spread(rows, values, len(self)))

    def edges(self, name: str) -> Sequence[int]:
        """A column of the edges: target, name, kind."""
        column: Sequence[int] = self._container.column("edges", name)
        return column

    def text(self, string: int) -> str:
        """A string of the file by its number; empty when there is none."""
        known = self._texts.get(string)
        if known is None:
            offsets, blob = self._strings
            is_there = 0 <= string < self.strings_count
            text = bytes(blob[offsets[string] : offsets[string + 1]]) if is_there else b""
            known = self._texts[string] = text.decode("utf-8", "replace")
        return known

    @property
    def strings_count(self) -> int:
        """How many strings the file has."""
        return len(self._strings[0]) - 1

    @cached_property
    def _strings(self) -> tuple[Sequence[int], Any]:
        column = self._container.column
        return column("strings", "offsets"), column("strings", "bytes")

    def __len__(self) -> int:
        """How many nodes there are, the synthetic ones counted."""
        return len(self.nodes("address"))
