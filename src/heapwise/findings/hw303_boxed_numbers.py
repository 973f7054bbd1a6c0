"""HW303: lists or tuples of boxed numbers.

Each float takes 32 bytes of the heap and each int beyond the small ones as many, and the list 8 more for the
reference; in an array a number takes 8 bytes, or what it took in the binary data that it was unpacked from. True,
False and ints up to 256 have no box of their own, but in a list a reference of 8 bytes, where one byte says as much.

What to do: `array.array('d', ...)` (tried by `--prove`, where all uses are those of an array) or a NumPy array;
`bytearray` for flags and small numbers; for the rows of a matrix one array of two dimensions. Costs: taking single
items out boxes them anew; sums and other arithmetic on the whole get faster (NumPy). Clean: few numbers, lists of mixed
things.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from heapwise.analyze.program_source import program_source
from heapwise.analyze.remembered import remembered
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import block_bytes, has_no_box, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW303"
TITLE = "numbers in boxes"
_LEAST_ITEMS, _SAMPLE, _ITEM_BYTES, _ARRAY_BYTES = 16, 200, 8, 64
_LONG_ITEMS = 1000
"""A list that is longer stands for itself."""
_FLAGS = "flags"
_LEAST_FLAGS = 256


_CODES = {(1, 0): "b", (1, 1): "B", (2, 0): "h", (2, 1): "H", (4, 0): "i", (4, 1): "I", (8, 0): "q"}
"""Of ints: (bytes an item, whether without a sign) -> the type code of arrays."""
_FLOAT_CODES = {4: "f", 8: "d"}
_UNPACKS = frozenset(("unpack", "unpack_from", "iter_unpack", "tolist"))
_LARGEST_BOX_BYTES = 48
"""Of an int that 8 bytes hold; an array takes no larger ones."""


class _Key(NamedTuple):
    """What makes lists one finding. type: list or tuple; kind: of the numbers; holder: the row of the type that holds
    them; alone: the list itself where it is long; line: that made it, as a site; 0 where that is not known."""

    type: str
    kind: str
    holder: int
    alone: int
    line: int


@dataclass(slots=True)
class _Numbers:
    """Lists of one kind, made at one line. freed: they and their boxes. item: what holds any of them (bytes, whether
    without a sign)."""

    lists: list[int] = field(default_factory=list)
    items_count: int = 0
    now_bytes: int = 0
    freed: list[int] = field(default_factory=list)
    item: tuple[int, int] = (0, 1)

    def add(self, other: _Numbers) -> None:
        """Takes in what another one has."""
        self.lists += other.lists
        self.items_count += other.items_count
        self.now_bytes += other.now_bytes
        self.freed += other.freed
        self.item = _wider(self.item, other.item)

    def then_bytes(self, counts: Sequence[int]) -> int:
        """What they take as arrays. counts: of the items of each node."""
        return sum(block_bytes(_ARRAY_BYTES + self.item[0] * counts[node]) for node in self.lists)


def _wider(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """What holds items of either."""
    narrow, wide = sorted((one, other))
    if narrow == wide or (narrow[0] < wide[0] and not wide[1]) or (narrow[1] and wide[1]):
        return wide
    return min(_ITEM_BYTES, 2 * wide[0]), 0


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists and tuples of ints or floats alone: long ones each, others by who holds them and where they were made."""
    least = worth_bytes(snapshot)
    counts, sizes = snapshot.nodes("edges_count"), snapshot.nodes("size_bytes")
    first, targets = snapshot.nodes("first_edge"), snapshot.edges("target")
    above, types, sites = (snapshot.nodes(n) for n in ("dominator", "type", "site"))
    parents, _ = snapshot.parents
    lines = lines_of_sites(snapshot)
    kind_of = _Kinds(snapshot)
    groups: dict[_Key, _Numbers] = {}
    for name in ("list", "tuple"):
        for node in snapshot.of_type_exactly(name):
            count = counts[node]
            if count < _LEAST_ITEMS:
                continue
            items = targets[first[node] : first[node] + count]
            kind = kind_of(items)
            if not kind or (kind == _FLAGS and (name != "list" or count < _LEAST_FLAGS)):
                continue
            item = (1, 0) if kind == _FLAGS else _item_of(snapshot, node, kind)
            own = [item for item in set(items) if above[item] == node]
            holder = types[parents[node]] if parents[node] < len(types) else -1
            alone = node if count >= _LONG_ITEMS and (8 + 32) * count >= least else 0
            key = _Key(name, kind, holder, alone, lines.get(sites[node], 0))
            found = groups.setdefault(key, _Numbers())
            now = sizes[node] + sum(sizes[item] for item in own)
            found.add(_Numbers([node], count, now, [node, *own], item))
    for key, found in _merged(groups).items():
        if (saving := found.now_bytes - found.then_bytes(counts)) >= least:
            yield _finding(snapshot, key.kind, found, saving)


def _item_of(snapshot: Snapshot, node: int, kind: str) -> tuple[int, int]:
    """What holds each item of a list of numbers: (bytes, whether without a sign). Numbers that were narrow before they
    were put into boxes may stay so; others take 8 bytes, as arrays of numbers do mostly."""
    size = snapshot.fact("item_bytes", node, _ITEM_BYTES)
    at = snapshot.grown_at(node) if size < _ITEM_BYTES else None
    if at is None or (at.file, at.line) not in _lines_that_unpack(snapshot):
        return _ITEM_BYTES, 0
    return size, snapshot.fact("item_unsigned", node)


@remembered
def _lines_that_unpack(snapshot: Snapshot) -> Set[tuple[str, int]]:
    """(file, line) of the calls by which the program makes numbers of binary data."""
    source = program_source(snapshot)
    return {
        (source.file_of(call), line) for call in source.of(ast.Call) if last_name(call.func) in _UNPACKS
        for line in range(call.lineno, (call.end_lineno or call.lineno) + 1)
    }  # fmt: skip


def _merged(groups: dict[_Key, _Numbers]) -> dict[_Key, _Numbers]:
    """Lists whose line is not known (from the interpreter's own store of used ones) go with the largest group that is
    held alike."""
    for key in [each for each in groups if not each.line]:
        alike = [each for each in groups if each.line and each[:4] == key[:4]]
        if alike:
            largest = groups[max(alike, key=lambda each: (groups[each].now_bytes, each))]
            largest.add(groups.pop(key))
    return groups


class _Kinds:
    """What all items of a sample are: `int` or `float`, `flags` (no box of their own); empty otherwise."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._types = snapshot, snapshot.nodes("type")
        self._sizes = snapshot.nodes("size_bytes")

    def __call__(self, items: Sequence[int]) -> str:
        sample = items[:: max(1, len(items) // _SAMPLE)]
        [kind, *others] = {self._snapshot.type_names[self._types[item]] for item in sample}
        if others or kind not in ("int", "float", "bool"):
            return ""
        if any(self._sizes[item] > _LARGEST_BOX_BYTES for item in sample):
            return ""
        shared = kind == "bool" or (
            kind == "int" and all(has_no_box(self._snapshot, item) for item in sample)
        )
        return _FLAGS if shared else kind


def _finding(snapshot: Snapshot, kind: str, found: _Numbers, saving: int) -> Finding:
    several = f" in {len(found.lists)} lists" if len(found.lists) > 1 else ""
    what = "True, False or small ints" if kind == _FLAGS else kind
    told = f"{found.items_count} items{several}, {what}: {found.now_bytes} bytes with their boxes"
    per_list = round(found.items_count / len(found.lists))
    code = _CODES[found.item] if kind == "int" else _FLOAT_CODES.get(found.item[0], "d")
    measured = Recipe(
        "array", "array", found.items_count, found.now_bytes,
        {"kind": kind, "length": per_list, "code": code}, "an item",
    )  # fmt: skip
    return structural(
        snapshot, found.lists[0], CODE, TITLE, saving_bytes=saving, evidence=[told],
        fix="a bytearray" if kind == _FLAGS else f"array.array({code!r}, ...), or a NumPy array", confidence=0.8,
        freed=Freed(nodes=found.freed), recipe=None if kind == _FLAGS else measured, subject=kind,
    )  # fmt: skip
