"""The columns of a snapshot's nodes and edges, and their strings: as the file has them, or made from what it has.

What few nodes have stands in the file as rows of those, and is spread over all on first use.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Mapping, Sequence, Set
from functools import cached_property, partial
from typing import Any

from heapwise.model.container import Container
from heapwise.model.graph import native_graph, u4, u8
from heapwise.model.heap_tables import EDGE_KINDS, TEXT_KINDS, Step

_step = partial(tuple.__new__, Step)
_HAS_TEXT = [kind in TEXT_KINDS for kind in range(len(EDGE_KINDS))]


class _Texts(dict[int, str]):
    """Strings by number, each read when it is first asked for. They know the file alone: who has them is freed as soon
    as nobody asks, not when the collector comes."""

    def __init__(self, container: Container) -> None:
        super().__init__()
        self._container = container

    def __missing__(self, string: int) -> str:
        offsets, blob = self._strings
        is_there = 0 <= string < self.count
        text = bytes(blob[offsets[string] : offsets[string + 1]]) if is_there else b""
        shown = self[string] = text.decode("utf-8", "replace")
        return shown

    @property
    def count(self) -> int:
        """How many strings the file has."""
        return len(self._strings[0]) - 1

    @cached_property
    def _strings(self) -> tuple[Sequence[int], Any]:
        column = self._container.column
        return column("strings", "offsets"), column("strings", "bytes")


class HeapColumns:
    """The part of a snapshot that is columns of numbers."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._columns: dict[str, Sequence[int]] = {}
        self._texts = _Texts(container)
        self._of_types: dict[str, Sequence[int]] = {}

    def nodes(self, name: str) -> Sequence[int]:
        """A column of the nodes: address, type, size_bytes, rounded_bytes (of these, what nobody asked for, 255 at the
        most), foreign_bytes, slack_bytes, refcount, site, birth, first_edge, edges_count, dominator, retained_bytes.
        """
        column = self._columns.get(name)
        if column is None:
            column = self._container.optional("nodes", name)
            column = self._columns[name] = self._make(name) if column is None else column
        return column

    def _make(self, name: str) -> Sequence[int]:
        """A column that the file has in few rows, or that others tell."""
        if name == "first_edge":
            return u4(native_graph().row_starts(self.nodes("edges_count")))
        if name in ("foreign_bytes", "slack_bytes"):
            return self.spread(name.removesuffix("_bytes"), "bytes")
        if name in ("site", "birth"):  # nothing was recorded
            return u4(bytes(4 * len(self)))
        if name == "rounded_bytes":  # an older file
            return bytes(len(self))
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

    # ------------------------------------------------------------------------------------- types

    @cached_property
    def type_names(self) -> Sequence[str]:
        """The name of each row of types."""
        return [self.text(name) for name in self._container.column("types", "name")]

    def type_of(self, node: int) -> str:
        """The name of a node's type."""
        return self.type_names[self._types[node]]

    @cached_property
    def _types(self) -> Sequence[int]:
        return self.nodes("type")

    def of_type(self, name: str) -> list[int]:
        """The nodes of a type, by its full name or the last part of it."""
        wanted = bytes(name in (known, known.rpartition(".")[2]) for known in self.type_names)
        return list(u4(native_graph().nodes_with(self.nodes("type"), wanted)))

    def of_type_exactly(self, name: str) -> Sequence[int]:
        """The nodes of a type by its full name."""
        rows = self._rows_of_types.get(name)
        if rows is None:
            return ()
        starts, order = self._by_type
        if len(rows) == 1:
            return order[starts[rows[0]] : starts[rows[0] + 1]]
        known = self._of_types.get(name)
        if known is None:
            parts = (order[starts[row] : starts[row + 1]] for row in rows)
            known = self._of_types[name] = array("I", heapq.merge(*parts))
        return known

    @cached_property
    def _by_type(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where the nodes of each type begin in their order by type, and that order."""
        starts, order = native_graph().by_value(self.nodes("type"), len(self.type_names))
        return u4(starts), u4(order)

    def type_rows(self, *names: str) -> Set[int]:
        """The rows of the types of these full names."""
        return {row for name in names for row in self._rows_of_types.get(name, ())}

    @cached_property
    def _rows_of_types(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for row, name in enumerate(self.type_names):
            found.setdefault(name, []).append(row)
        return found

    # ------------------------------------------------------------------------------------- edges

    def edge(self, edge: int) -> Step:
        """An edge as a step."""
        kinds, names, targets = self._edges
        kind, name = kinds[edge], names[edge]
        shown: str | int = self.text(name) if kind in TEXT_KINDS else name
        return Step(EDGE_KINDS[kind], shown, targets[edge])

    @cached_property
    def _edges(self) -> tuple[memoryview, memoryview, memoryview]:
        kinds, names, targets = (memoryview(self.edges(n)) for n in ("kind", "name", "target"))  # type: ignore[arg-type]
        return kinds, names, targets

    @cached_property
    def _edge_rows(self) -> tuple[Sequence[int], Sequence[int]]:
        return self.nodes("first_edge"), self.nodes("edges_count")

    def first_steps(self, node: int, most: int) -> list[Step]:
        """The first steps from a node."""
        held = self.edges_of(node)
        return self._steps(slice(held.start, min(held.start + most, held.stop)))

    def steps_from(self, node: int) -> list[Step]:
        """The edges of a node."""
        return self._steps(self.edges_of(node))

    def _steps(self, held: slice) -> list[Step]:
        kinds, names, targets = self._edges
        rows = zip(kinds[held].tolist(), names[held].tolist(), targets[held].tolist(), strict=True)
        texts = self._texts
        # Not Step(...), which is written in Python: there are lists of millions.
        return [
            _step((EDGE_KINDS[kind], texts[name] if _HAS_TEXT[kind] else name, target))
            for kind, name, target in rows
        ]

    def edges_of(self, node: int) -> slice:
        """Where the edges of a node are in the columns of all."""
        first, counts = self._edge_rows
        begin = first[node]
        return slice(begin, begin + counts[node])

    def has_steps(self, node: int, *kinds: str) -> bool:
        """Whether a node has edges of one of some kinds."""
        there = bytes(self._edges[0][self.edges_of(node)])
        return any(EDGE_KINDS.index(kind) in there for kind in kinds)

    # ----------------------------------------------------------------------------------- strings

    def text(self, string: int) -> str:
        """A string of the file by its number; empty when there is none."""
        return self._texts[string]

    @property
    def strings_count(self) -> int:
        """How many strings the file has."""
        return self._texts.count

    def __len__(self) -> int:
        """How many nodes there are, the synthetic ones counted."""
        return len(self.nodes("address"))
