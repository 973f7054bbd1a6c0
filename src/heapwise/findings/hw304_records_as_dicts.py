"""HW304: records are dicts with the same keys.

Each dict has a table of its own: 184 bytes for up to five keys, 272 for up to ten. The keys are the same in all of
them.

What to do: `@dataclass(slots=True)` or `msgspec.Struct` for each record; or one table (columns, NumPy, Arrow) for all.
Costs: keys are fixed. Clean: dicts with keys of their own, few records.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import block_bytes, mean, worth_bytes
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW304"
TITLE = "records as dicts with the same keys"
_LEAST_ROWS, _SAMPLE, _HEAD_BYTES = 200, 500, 32


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists, tuples and dicts of dicts."""
    least = worth_bytes(snapshot)
    counts, sizes = snapshot.nodes("edges_count"), snapshot.nodes("size_bytes")
    for kind in ("list", "tuple", "dict", "collections.deque"):
        for node in snapshot.of_type_exactly(kind):
            if counts[node] < _LEAST_ROWS or node in snapshot.namespaces:
                continue
            steps = snapshot.steps_from(node)
            rows = [
                s.node
                for s in steps
                if s.kind != "key object" and snapshot.type_of(s.node) == "dict"
            ]
            if len(rows) < _LEAST_ROWS or len(rows) * 184 < least:
                continue
            sample = rows[:: max(1, len(rows) // _SAMPLE)]
            shapes = [
                frozenset(s.name for s in snapshot.steps_from(row) if s.kind == "key")
                for row in sample
            ]
            keys = shapes[0]
            if not keys or sum(shape == keys for shape in shapes) < 0.95 * len(shapes):
                continue
            now = mean(sizes[row] for row in sample)
            then = block_bytes(_HEAD_BYTES + 8 * len(keys))
            saving = round((now - then) * len(rows))
            if saving >= least:
                told = [
                    f"{len(rows)} dicts of {len(keys)} keys take {now:.0f} bytes each, {then} as objects with slots"
                ]
                names = ", ".join(map(str, sorted(map(str, keys))[:6]))
                yield structural(
                    snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.8,
                    fix=f"@dataclass(slots=True) class Row: {names}; or one table for all",
                )  # fmt: skip
