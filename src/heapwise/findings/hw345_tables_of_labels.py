"""HW345: an index has made a hash table of its labels.

The first `frame.loc[label]` or `label in index` makes pandas put all labels of an index into a hash table, which stays
as long as the index: 16 bytes a place, and up to two and a half places a label. Labels that are sorted need none:
beyond a million of them pandas looks them up by bisection.

What to do: `frame.sort_index()` once; or `frame[frame.index.isin(labels)]` for a few labels, whose table is of those.
Costs: the rows' order; the second goes over all labels each time. Clean: indices of less than a million labels, which
pandas looks up so anyway.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW345"
TITLE = "a hash table of all labels"
_ENGINES, _TABLES = "pandas._libs.index.", "pandas._libs.hashtable."
_LEAST_LABELS = 1_000_000
"""Below that pandas makes a table of sorted labels as well (`_SIZE_CUTOFF`)."""
_MOST_FULL, _VALUE_BYTES, _MARKS_PER_BYTE = 0.77, 8, 8
"""A place has a label, its number and one bit; there are twice as many where more than these are taken (khash.h)."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Engines of indices that have a table."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    for name in snapshot.type_names:
        if not name.startswith(_ENGINES) or not name.endswith("Engine"):
            continue
        for engine in snapshot.of_type_exactly(name):
            held = [step.node for step in snapshot.steps_from(engine)]
            table = next((n for n in held if snapshot.type_of(n).startswith(_TABLES)), None)
            count = max((_labels_count(snapshot, node) for node in held), default=0)
            saving = _table_bytes(count)
            if table is None or count < _LEAST_LABELS or saving < least:
                continue
            at = snapshot.allocated_at(table)
            lines = {(at.file, at.line): saving} if at is not None else {}
            yield structural(
                snapshot, table, CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{count} labels were put into a table of {units.size(saving)} when one was looked up"],
                fix="sort_index() before looking up, or frame[frame.index.isin(labels)]",
                freed=Freed(lines=lines),
            )  # fmt: skip


def _labels_count(snapshot: Snapshot, node: int) -> int:
    """How many elements an array has, or shows; 0 of other objects."""
    if snapshot.type_of(node) != "numpy.ndarray":
        return 0
    shown = snapshot.nodes("foreign_bytes")[node]
    return snapshot.fact("elements_count", node, shown // _VALUE_BYTES)


def _table_bytes(count: int) -> int:
    places = 4
    while places * _MOST_FULL < count:
        places *= 2
    return places * 2 * _VALUE_BYTES + places // _MARKS_PER_BYTE
