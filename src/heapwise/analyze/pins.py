"""Which objects keep arenas of the interpreter's allocator that are otherwise empty?

An arena (1 MiB) goes back to the kernel when its last object is freed, and not before.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from heapwise.analyze.paths import place_of
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table
from heapwise.model.tables import Frame

ARENA_BYTES = 1 << 20
"""Of pymalloc, since 3.10."""
SMALL_BYTES = 512
_NEARLY_EMPTY = 0.25
_MOST_KEEPERS, _LEAST_KEPT = 5, 0.1
_MOST_EXAMPLES = 16


def no_pins() -> tuple[Table, Table]:
    """The answer of `pins` where nothing is known."""
    return _shown([], 0), _keepers([])


def pins(snapshot: Snapshot, begins: Sequence[int], limit: int) -> tuple[Table, Table]:
    """Arenas of which less than a quarter is live objects, and what keeps most of them. begins: where mappings of
    arenas begin, in order.

    The first: arena, live_bytes, objects_count, types; the emptiest first. The second: type, file, line, function
    (where it was made; empty where that was not recorded), holder (of one of them), arenas_count (in which it lies),
    objects_count; the most arenas first. An arena may be kept by several.
    """
    arenas = _arenas(snapshot, begins)
    sizes = snapshot.nodes("size_bytes")
    rows, groups = [], _Groups(snapshot)
    for base, nodes in arenas.items():
        live = sum(sizes[node] for node in nodes)
        if live < _NEARLY_EMPTY * ARENA_BYTES:
            rows.append((base, live, len(nodes), _names(snapshot, nodes)))
            groups.add(nodes)
    rows.sort()
    rows.sort(key=lambda row: row[1])
    return _shown(rows, len(arenas), limit), _keepers(groups.largest())


def _arenas(snapshot: Snapshot, begins: Sequence[int]) -> Mapping[int, list[int]]:
    """The small objects of each arena, by where it begins."""
    arenas: dict[int, list[int]] = {}
    addresses, sizes = snapshot.nodes("address"), snapshot.nodes("size_bytes")
    for node, (address, size) in enumerate(zip(addresses, sizes, strict=True)):
        if not address or not 0 < size <= SMALL_BYTES:
            continue
        at = bisect_right(begins, address) - 1
        if at >= 0:
            base = begins[at] + (address - begins[at]) // ARENA_BYTES * ARENA_BYTES
            arenas.setdefault(base, []).append(node)
    return arenas


class _Groups:
    """Objects of nearly empty arenas, by type and by the line that made them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lines: dict[int, Frame | None] = {}
        self._arenas_count = 0
        self._arenas: Counter[tuple[str, Frame | None]] = Counter()
        self._objects: Counter[tuple[str, Frame | None]] = Counter()
        self._examples: dict[tuple[str, Frame | None], list[int]] = {}

    def add(self, nodes: Sequence[int]) -> None:
        """The objects of one arena."""
        sites = self._snapshot.nodes("site")
        inside: Counter[tuple[str, Frame | None]] = Counter()
        for node in nodes:
            site = sites[node]
            if site not in self._lines:
                self._lines[site] = self._snapshot.allocated_at(node)
            group = (self._snapshot.type_of(node), self._lines[site])
            inside[group] += 1
            examples = self._examples.setdefault(group, [])
            if inside[group] == 1 and len(examples) < _MOST_EXAMPLES:
                examples.append(node)
        self._arenas_count += 1
        self._objects.update(inside)
        self._arenas.update(inside.keys())

    def largest(self) -> list[tuple[str, Frame | None, str, int, int]]:
        """(type, line, holder, arenas, objects) of those that lie in most arenas."""
        order = heapq.nsmallest(
            _MOST_KEEPERS,
            self._arenas,
            key=lambda group: (
                -self._arenas[group],
                -self._objects[group],
                group[0],
                str(group[1]),
            ),
        )
        least = _LEAST_KEPT * self._arenas_count
        return [
            (*group, self._holder(self._examples[group]), self._arenas[group], self._objects[group])
            for group in order
            if self._arenas[group] >= least
        ]  # fmt: skip

    def _holder(self, nodes: Sequence[int]) -> str:
        """What keeps most of some objects: the path to the first that it keeps. A block that the interpreter had in a
        free list bears the line of its first use, so that one object alone may be another's."""
        paths = [place_of(self._snapshot, node, masked=True) for node in nodes]
        [(usual, _)] = Counter(paths).most_common(1)
        return place_of(self._snapshot, nodes[paths.index(usual)])


def _shown(rows: Sequence[tuple[int, int, int, str]], count: int, limit: int = 0) -> Table:
    shown = rows[:limit]
    return Table(
        "pins",
        {
            "arena": [hex(row[0]) for row in shown],
            "live_bytes": [row[1] for row in shown],
            "objects_count": [row[2] for row in shown],
            "types": [row[3] for row in shown],
        },
        f"{len(rows)} of {count} arenas are nearly empty" if rows else "",
    )


def _keepers(rows: Sequence[tuple[str, Frame | None, str, int, int]]) -> Table:
    lines = [row[1] for row in rows]
    return Table(
        "pinned_by",
        {
            "type": [row[0] for row in rows],
            "file": [line.file if line else "" for line in lines],
            "line": [line.line if line else 0 for line in lines],
            "function": [line.function if line else "" for line in lines],
            "holder": [row[2] for row in rows],
            "arenas_count": [row[3] for row in rows],
            "objects_count": [row[4] for row in rows],
        },
    )


def _names(snapshot: Snapshot, nodes: Sequence[int]) -> str:
    counts = Counter(snapshot.type_of(node) for node in nodes)
    order = heapq.nsmallest(3, counts, key=lambda name: (-counts[name], name))
    return ", ".join(f"{counts[name]} × {name}" for name in order)
