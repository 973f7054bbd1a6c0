"""HW304: records are dicts with the same keys.

Each dict has a table of its own: 184 bytes for up to five keys, 272 for up to ten. The keys are the same in all of
them.

What to do: `@dataclass(slots=True)` or `msgspec.Struct` for each record; or one table (columns, NumPy, Arrow) for all.
Costs: keys are fixed. Clean: dicts with keys of their own, few records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from heapwise.findings.place import structural
from heapwise.findings.waste import block_bytes, mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW304"
TITLE = "records as dicts with the same keys"
_LEAST_IN_ONE, _SAMPLE, _HEAD_BYTES = 20, 20, 32


@dataclass(slots=True)
class _Records:
    """Dicts with one set of keys. node: the container that holds most of them, and how many."""

    node: int = 0
    most: int = 0
    count: int = 0
    size_bytes: float = 0.0
    rows: list[int] = field(default_factory=list)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists, tuples and dicts of dicts, by the keys."""
    least = worth_bytes(snapshot)
    counts = snapshot.nodes("edges_count")
    groups: dict[frozenset[str], _Records] = {}
    for kind in ("list", "tuple", "dict", "collections.deque"):
        for node in snapshot.of_type_exactly(kind):
            if counts[node] >= _LEAST_IN_ONE and node not in snapshot.namespaces:
                _look(snapshot, node, groups)
    for keys, found in groups.items():
        then = block_bytes(_HEAD_BYTES + 8 * len(keys))
        now = found.size_bytes / found.count
        saving = round(found.size_bytes - then * found.count)
        if saving < least:
            continue
        told = [
            f"{found.count} dicts of {len(keys)} key{'s' * (len(keys) > 1)} take {now:.0f} bytes each, "
            f"{then} as objects with slots"
        ]
        names = ", ".join(sorted(keys)[:6])
        yield structural(
            snapshot, found.node, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.8,
            fix=f"@dataclass(slots=True) class Row: {names}; or one table for all",
            freed=Freed(nodes=found.rows),
            recipe=Recipe(
                "records", "slots", found.count, round(found.size_bytes),
                {"names": sorted(keys), "kinds": _kinds(snapshot, found.rows[0])},
            ),
        )  # fmt: skip


def _look(snapshot: Snapshot, node: int, groups: dict[frozenset[str], _Records]) -> None:
    """Counts the dicts that a container holds, where nearly all have the same keys."""
    # A few tell what the rest will be.
    steps = snapshot.first_steps(node, _SAMPLE)
    if not any(snapshot.type_of(step.node) == "dict" for step in steps):
        return
    rows = [
        step.node for step in snapshot.steps_from(node)
        if step.kind != "key object" and snapshot.type_of(step.node) == "dict"
    ]  # fmt: skip
    if len(rows) < _LEAST_IN_ONE:
        return
    sizes = snapshot.nodes("size_bytes")
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    shapes = [
        frozenset(str(s.name) for s in snapshot.steps_from(row) if s.kind == "key")
        for row in sample
    ]
    keys = shapes[0]
    if not keys or sum(shape == keys for shape in shapes) < 0.95 * len(shapes):
        return
    found = groups.setdefault(keys, _Records())
    found.count += len(rows)
    found.rows += rows
    found.size_bytes += mean(sizes[row] for row in sample) * len(rows)
    if len(rows) > found.most:
        found.node, found.most = node, len(rows)


def _kinds(snapshot: Snapshot, row: int) -> list[str]:
    """The type of each value, by the names of the keys."""
    pairs = (
        (str(s.name), snapshot.type_of(s.node)) for s in snapshot.steps_from(row) if s.kind == "key"
    )
    return [kind for _, kind in sorted(pairs)]
