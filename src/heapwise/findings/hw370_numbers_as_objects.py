"""HW370: numbers, or dates, in arrays of objects.

`frame.values`, `to_numpy()` and `apply(axis=1)` on columns of different kinds make one array of objects: each float is
a box of 32 bytes and a reference of 8, where 8 bytes hold it. So are columns of dtype `object`, which a `None` among
numbers makes; and a column of dates, as `frame["at"].dt.date` makes it, has an object of 32 bytes for each row.

What to do: take the columns of numbers alone, `frame[numeric].to_numpy()` or `select_dtypes("number")`; for columns
`astype(float)`, `pandas.to_numeric`, or dtype `Int64`, which knows missing values; for dates what stays a `datetime64`:
`.dt.normalize()`, `.dt.floor("D")`, `pandas.to_datetime`. Costs: missing values must be told apart in another way.
Clean: columns of other things.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites, sampled
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW370"
TITLE = "numbers in arrays of objects"
TITLE_OF_DATES = "dates in arrays of objects"
_SAMPLE, _MOSTLY, _ITEM_BYTES, _BOX_BYTES = 2000, 0.5, 8, 32
_WRITING = ("to_csv", "to_json", "to_sql", "to_excel", "to_html")


class _Kind(NamedTuple):
    """types: of the objects. fix: what to do."""

    types: frozenset[str]
    title: str
    told: str
    fix: str


_KINDS = (
    _Kind(frozenset(("int", "float")), TITLE, "numbers",
          "the columns of numbers alone: frame[numeric].to_numpy(); or pandas.to_numeric, dtype Int64"),
    _Kind(frozenset((
        "datetime.date", "datetime.datetime", "datetime.timedelta", "pandas._libs.tslibs.timestamps.Timestamp",
        "pandas._libs.tslibs.timedeltas.Timedelta",
    )), TITLE_OF_DATES, "dates",
          'what stays a datetime64: .dt.normalize() or .dt.floor("D"); pandas.to_datetime, numpy.datetime64'),
)  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays of objects of which most are of such a kind, by the line that made them."""
    if snapshot.facts.get("objects_count"):
        for kind in _KINDS:
            yield from _of_kind(snapshot, kind)


def _of_kind(snapshot: Snapshot, kind: _Kind) -> Iterator[Finding]:
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    first, counts, targets = (
        snapshot.nodes("first_edge"),
        snapshot.nodes("edges_count"),
        snapshot.edges("target"),
    )
    types, sizes, above = (snapshot.nodes(name) for name in ("type", "size_bytes", "dominator"))
    wanted = {row for row, name in enumerate(snapshot.type_names) if name in kind.types}
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    found: dict[int, list[tuple[int, int, list[int]]]] = {}
    work = library_work(snapshot)
    writes = any(name.startswith(_WRITING) for name in work.names)
    for node, count in snapshot.facts["objects_count"].items():
        if writes and work.has(snapshot, node):
            continue  # the rows that a table's writer is at
        items = targets[first[node] : first[node] + counts[node]]
        sample = sampled(items, _SAMPLE)
        if (_ITEM_BYTES + _BOX_BYTES) * count < least or not sample:
            continue
        if sum(types[item] in wanted for item in sample) < _MOSTLY * len(sample):
            continue
        boxes = [item for item in set(items) if above[item] == node and types[item] in wanted]
        saving = sizes[node] + sum(sizes[box] for box in boxes) - _ITEM_BYTES * count
        found.setdefault(lines.get(sites[node], -node), []).append((node, saving, boxes))
    for arrays in found.values():
        saving = sum(each for _, each, _ in arrays)
        if saving >= least:
            count = sum(len(boxes) for *_, boxes in arrays)
            each_bytes = saving // max(count, 1) + _ITEM_BYTES
            told = f"{count} {kind.told} in {len(arrays)} arrays of objects: {each_bytes} bytes each, where 8 hold one"
            yield structural(
                snapshot, max(arrays, key=lambda each: each[1])[0], CODE, kind.title, saving_bytes=saving,
                confidence=0.8, evidence=[told], fix=kind.fix,
                freed=Freed(nodes=[node for array, _, boxes in arrays for node in (array, *boxes)]),
            )  # fmt: skip
