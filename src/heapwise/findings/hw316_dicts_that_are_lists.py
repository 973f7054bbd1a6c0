"""HW316: a dict whose keys are 0, 1, 2 and so on.

Its table takes 40 bytes and more an entry, and each key above 256 another 32; a list takes 8 an entry. A dict of most
numbers up to a bound, whose values are the same few objects, is one byte a number: a table for `str.translate` of all
that Unicode has takes 85 MB.

What to do: a list, or an array; for a few values a `bytearray` by number, and a tuple of the values. For
`str.translate` a dict with a `__missing__` that makes entries as they are met. Costs: what is taken out leaves a gap.
Clean: keys with gaps, or that are removed and added, or asked for as keys that may be missing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.analyze.container_uses import Uses, uses_of
from heapwise.analyze.kept_at import own_name
from heapwise.analyze.program_source import program_source
from heapwise.findings.place import structural
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW316"
TITLE = "a dict that is a list"
_LEAST_ENTRIES, _LIST_BYTES, _ITEM_BYTES = 1000, 72, 8
_INT_KEY, _KEY_OBJECT = EDGE_KINDS.index("int key"), EDGE_KINDS.index("key object")
_OTHER_KEYS = frozenset((EDGE_KINDS.index("key"), EDGE_KINDS.index("item")))
_DENSE, _FEW_VALUES, _ARRAY_BYTES = 0.5, 255, 64


class _Table(NamedTuple):
    """A dict of ints: its keys, the number of different values, and the objects of keys that it alone keeps."""

    keys: Sequence[int]
    values_count: int
    owned: Sequence[int]


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large dicts of ints without a gap, or with few gaps and few values."""
    least = worth_bytes(snapshot)
    counts, sizes = snapshot.nodes("edges_count"), snapshot.nodes("size_bytes")
    for node in snapshot.of_type_exactly("dict"):
        if counts[node] < _LEAST_ENTRIES or sizes[node] < least:
            continue
        table = _table(snapshot, node)
        if table is None or min(table.keys) < 0:
            continue
        count, last = len(table.keys), max(table.keys)
        now = sizes[node] + sum(sizes[box] for box in table.owned)
        freed = Freed(nodes=[node, *table.owned])
        if min(table.keys) == 0 and last == count - 1:
            saving = now - _LIST_BYTES - _ITEM_BYTES * count
            if saving >= least and not _has_gaps(snapshot, node):
                yield structural(
                    snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7, fix="a list",
                    evidence=[f"{count} keys from 0 to {last}"], freed=freed,
                    recipe=Recipe("list", "list", count, now, {}, "an entry"),
                )  # fmt: skip
        elif (
            count >= _DENSE * last
            and table.values_count <= _FEW_VALUES
            and _only_grows(snapshot, node)
        ):
            saving = now - block_bytes(_ARRAY_BYTES + last)
            if saving >= least:
                yield structural(
                    snapshot, node, CODE, "a dict that is an array", saving_bytes=saving, confidence=0.6,
                    fix="a bytearray by number, and a tuple of the values; for str.translate a dict with __missing__",
                    evidence=[f"{count} keys up to {last}, with {table.values_count} different values"], freed=freed,
                )  # fmt: skip


def _uses(snapshot: Snapshot, node: int) -> Uses:
    """What the program does with it, as far as its name tells."""
    name = own_name(snapshot, node)
    return uses_of(program_source(snapshot), name) if name is not None else Uses()


def _only_grows(snapshot: Snapshot, node: int) -> bool:
    """Whether nothing is taken out of it, and it is not asked for what came first."""
    uses = _uses(snapshot, node)
    return not (uses.takes or uses.walks)


def _has_gaps(snapshot: Snapshot, node: int) -> bool:
    """Whether single entries are taken out, or a key may be missing: by `get`, or asked for with `in`."""
    source, uses = program_source(snapshot), _uses(snapshot, node)
    taken = [
        source.above(each)
        for each in uses.takes
        if isinstance(getattr(each, "ctx", None), ast.Load)
    ]
    if any(not (isinstance(each, ast.Attribute) and each.attr == "clear") for each in taken):
        return True
    asked = [source.above(each) for each in (*uses.asks, *uses.tests)]
    return any(
        isinstance(each, ast.Compare) or (isinstance(each, ast.Attribute) and each.attr == "get")
        for each in asked
    )


def _table(snapshot: Snapshot, node: int) -> _Table | None:
    """What a dict of nothing but different ints has; None of others."""
    first, counts = snapshot.nodes("first_edge")[node], snapshot.nodes("edges_count")[node]
    kinds, names, targets = (snapshot.edges(n) for n in ("kind", "name", "target"))
    above = snapshot.nodes("dominator")
    edges = range(first, first + counts)
    keys = [names[edge] for edge in edges if kinds[edge] == _INT_KEY]
    if (
        len(keys) < _LEAST_ENTRIES
        or len(set(keys)) < len(keys)
        or any(kinds[edge] in _OTHER_KEYS for edge in edges)
    ):
        return None
    values = {targets[edge] for edge in edges if kinds[edge] == _INT_KEY}
    boxes = {targets[edge] for edge in edges if kinds[edge] == _KEY_OBJECT}
    return _Table(keys, len(values), [box for box in boxes if above[box] == node])
