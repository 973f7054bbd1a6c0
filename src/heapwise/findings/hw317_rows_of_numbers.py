"""HW317: rows of numbers, each a tuple or list of its own.

A tuple of three floats takes 64 bytes, each of the floats 32, and the list that holds it 8 more: 168 bytes for 24
bytes of numbers.

What to do: one array a column (`array.array`), or a NumPy array of shape (rows, columns); `array.append` grows like a
list. Costs: rows are made anew when they are looked at. Clean: few rows, rows that hold other things too, rows that
are keys of dicts or elements of sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.place import structural
from heapwise.findings.roles import containers_of, sampled
from heapwise.findings.waste import mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW317"
TITLE = "rows of boxed numbers"
_LEAST_ROWS, _SAMPLE, _WIDEST = 1000, 200, 15
_NUMBERS = frozenset(("int", "float"))
_REFERENCE_BYTES = _NUMBER_BYTES = 8
_SMALL_NUMBER_BYTES = 2
_LEAST_SHARE = 0.99


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Long lists, tuples and deques of short tuples or lists that hold numbers alone."""
    least = worth_bytes(snapshot)
    kinds = ("list", "tuple", "collections.deque")
    for node, rows in containers_of(snapshot, kinds, ("tuple", "list"), _LEAST_ROWS):
        found = _of_rows(snapshot, node, rows)
        if found is not None and found.saving_bytes >= least:
            yield found


def _of_rows(snapshot: Snapshot, node: int, rows: Sequence[int]) -> Finding | None:
    above, sizes = snapshot.nodes("dominator"), snapshot.nodes("size_bytes")
    looks = [_kinds(snapshot, row) for row in sampled(rows, _SAMPLE)]
    kinds = looks[len(looks) // 2]
    alike = sum(each == kinds for each in looks)
    if not 1 < len(kinds) <= _WIDEST or alike < _LEAST_SHARE * len(looks) or set(kinds) - _NUMBERS:
        return None
    own = [row for row in dict.fromkeys(rows) if above[row] == node]
    boxes = [box for row in own for box in snapshot.children(row)]
    now_bytes = sum(sizes[each] for each in (*own, *boxes)) + _REFERENCE_BYTES * len(rows)
    # Numbers without boxes of their own are the interpreter's small ones: -5 to 256.
    width = _NUMBER_BYTES if boxes or "float" in kinds else _SMALL_NUMBER_BYTES
    then_bytes = width * len(kinds) * len(rows)
    if len(own) < _LEAST_SHARE * len(rows):  # they are shared, or kept elsewhere too
        return None
    told = [
        f"{len(rows)} rows of {len(kinds)} numbers ({', '.join(kinds)}) take {now_bytes / len(rows):.0f} bytes each "
        f"with {mean(len(snapshot.children(row)) for row in sampled(own, _SAMPLE)):.1f} boxes"
    ]
    return structural(
        snapshot, node, CODE, TITLE, saving_bytes=now_bytes - then_bytes, evidence=told, confidence=0.8,
        fix=f"{len(kinds)} columns of array.array, or a NumPy array of shape ({len(rows)}, {len(kinds)})",
        freed=Freed(nodes=[node, *own, *boxes]),
        recipe=Recipe("rows", "columns", len(rows), now_bytes, {"kinds": list(kinds)})
        if width == _NUMBER_BYTES else None,
    )  # fmt: skip


def _kinds(snapshot: Snapshot, row: int) -> tuple[str, ...]:
    steps = snapshot.first_steps(row, _WIDEST + 1)
    return tuple(snapshot.type_of(step.node) for step in steps if step.kind != "type")
