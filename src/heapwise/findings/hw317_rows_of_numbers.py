"""HW317: rows of numbers, each a tuple or list of its own.

A tuple of three floats takes 64 bytes, each of the floats 32, and the list that holds it 8 more: 168 bytes for 24
bytes of numbers.

What to do: one array a column (`array.array`), or a NumPy array of shape (rows, columns); `array.append` grows like a
list. Costs: rows are made anew when they are looked at. Clean: few rows, rows that hold other things too, rows that
are keys of dicts or elements of sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.findings.place import structural
from heapwise.findings.roles import containers_of, lines_of_sites, own_dicts, sampled
from heapwise.findings.waste import mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW317"
TITLE = "rows of boxed numbers"
_LEAST_ROWS, _LEAST_EACH, _SAMPLE, _WIDEST = 1000, 16, 200, 15
_NUMBERS = frozenset(("int", "float"))
_REFERENCE_BYTES = _NUMBER_BYTES = 8
_SMALL_NUMBER_BYTES, _ARRAY_BYTES = 2, 64
_LEAST_SHARE = 0.99


class _Rows(NamedTuple):
    """A container, and the rows in it."""

    node: int
    rows: Sequence[int]


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists, tuples and deques of short tuples or lists that hold numbers alone: long ones each, shorter ones by who
    holds them."""
    least = worth_bytes(snapshot)
    parents, retained = snapshot.parents[0], snapshot.nodes("retained_bytes")
    types, is_own_dict = snapshot.nodes("type"), own_dicts(snapshot)
    groups: dict[tuple[int, int, Sequence[str]], list[_Rows]] = {}
    kinds = ("list", "tuple", "collections.deque")
    for node, rows in containers_of(snapshot, kinds, ("tuple", "list"), _LEAST_EACH):
        looks = _kinds(snapshot, rows[len(rows) // 2]) if rows else ()
        if not 1 < len(looks) <= _WIDEST or set(looks) - _NUMBERS:
            continue
        above = parents[node]
        above = parents[above] if above != NO_NODE and is_own_dict(above) else above
        alone = node if retained[node] >= least or above == NO_NODE else 0
        groups.setdefault((alone, types[above] if not alone else 0, looks), []).append(
            _Rows(node, rows)
        )
    for (_, _, alike), containers in groups.items():
        if sum(len(each.rows) for each in containers) >= _LEAST_ROWS:
            found = _of_rows(snapshot, containers, alike)
            if found is not None and found.saving_bytes >= least:
                yield found


def _of_rows(
    snapshot: Snapshot, containers: Sequence[_Rows], kinds: Sequence[str]
) -> Finding | None:
    above, sizes = snapshot.nodes("dominator"), snapshot.nodes("size_bytes")
    rows = [row for each in containers for row in each.rows]
    looks = [_kinds(snapshot, row) for row in sampled(rows, _SAMPLE)]
    if sum(each == kinds for each in looks) < _LEAST_SHARE * len(looks):
        return None
    own = [row for node, each in containers for row in dict.fromkeys(each) if above[row] == node]
    if len(own) < _LEAST_SHARE * len(rows):  # they are shared, or kept elsewhere too
        return None
    nodes = [each.node for each in containers]
    boxes = [box for row in own for box in snapshot.children(row)]
    # Numbers without boxes of their own are the interpreter's small ones: -5 to 256.
    width = _NUMBER_BYTES if boxes or "float" in kinds else _SMALL_NUMBER_BYTES
    then_bytes = width * len(kinds) * len(rows)
    freed = Freed(nodes=[*nodes, *own, *boxes])
    if len(nodes) == 1:
        several = ""
        now_bytes = sum(sizes[each] for each in (*own, *boxes)) + _REFERENCE_BYTES * len(rows)
    else:
        several = f" in {len(nodes)} lists"
        now_bytes = snapshot.retained_of(nodes)
        then_bytes += _ARRAY_BYTES * len(kinds) * len(nodes)
        freed = Freed(roots=nodes, entirely=True)
    told = [
        f"{len(rows)} rows of {len(kinds)} numbers ({', '.join(kinds)}){several} take "
        f"{now_bytes / len(rows):.0f} bytes each "
        f"with {mean(len(snapshot.children(row)) for row in sampled(own, _SAMPLE)):.1f} boxes"
    ]
    shape = f"{len(rows)}, {len(kinds)}" if not several else f"rows, {len(kinds)}"
    return structural(
        snapshot, nodes[0] if not several else _typical(snapshot, own), CODE, TITLE,
        saving_bytes=now_bytes - then_bytes, evidence=told, confidence=0.8, freed=freed,
        fix=f"{len(kinds)} columns of array.array, or a NumPy array of shape ({shape})",
        recipe=Recipe("rows", "columns", len(rows), now_bytes, {"kinds": list(kinds)})
        if width == _NUMBER_BYTES else None,
    )  # fmt: skip


def _typical(snapshot: Snapshot, rows: Sequence[int]) -> int:
    """A row that was made where most were."""
    sites, lines = snapshot.nodes("site"), lines_of_sites(snapshot)
    sample = sampled(rows, _SAMPLE)
    made = [lines.get(sites[row], 0) for row in sample]
    return sample[made.index(max(made, key=made.count))]


def _kinds(snapshot: Snapshot, row: int) -> tuple[str, ...]:
    steps = snapshot.first_steps(row, _WIDEST + 1)
    return tuple(snapshot.type_of(step.node) for step in steps if step.kind != "type")
