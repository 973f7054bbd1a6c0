"""HW352: rows that were written stay in the collection of a row that lives on.

`Reading(device=device, ...)` appends itself to `device.readings` by the back reference, once that collection is loaded.
The rows are written; the session holds them weakly, but the device keeps them all, with `expire_on_commit=False` for as
long as it lives.

What to do: give the key, and not the object (`Reading(device_id=device.id)`); `relationship(..., lazy="write_only")` or
`"dynamic"` for what grows; or `session.expire(device, ["readings"])` at times. Clean: rows that were loaded to be
looked at, and those that are still to be written.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.paths import attribute
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW352"
TITLE = "written rows stay in a collection of a row that lives on"
_COLLECTIONS = (
    "sqlalchemy.orm.collections.InstrumentedList", "sqlalchemy.orm.collections.InstrumentedSet",
    "sqlalchemy.orm.collections.InstrumentedDict",
)  # fmt: skip
_LEAST_ROWS, _LEAST_SHARE, _SAMPLE, _MOSTLY, _ALONE = 200, 0.15, 50, 0.8, 0.5


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Loaded collections, of one class together, whose rows the program itself has made, and which are in the
    database."""
    above = snapshot.nodes("dominator")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    collections: dict[str, list[tuple[int, list[int]]]] = {}
    for node in (each for kind in _COLLECTIONS for each in snapshot.of_type_exactly(kind)):
        rows = [
            s.node
            for s in snapshot.steps_from(node)
            if s.kind != "type" and _is_written(snapshot, s.node)
        ]
        if rows:
            collections.setdefault(snapshot.type_of(rows[0]), []).append((node, rows))
    for kind, each in collections.items():
        rows = [row for _, rows in each for row in rows]
        # A session that is writing has a second look at some.
        alone = sum(above[row] == node for node, rows in each for row in rows)
        sample = rows[:: max(1, len(rows) // _SAMPLE)]
        made = sum(_is_made(snapshot, row) for row in sample)
        if len(rows) < _LEAST_ROWS or made < _MOSTLY * len(sample) or alone < _ALONE * len(rows):
            continue
        states = (attribute(snapshot, row, "_sa_instance_state") for row in rows)
        freed = [
            *rows,
            *(state for state in states if state is not None),
        ]  # the session goes by these
        if (saving := snapshot.retained_of(freed)) >= least:
            by = "this collection" if len(each) == 1 else f"{len(each)} collections"
            yield structural(
                snapshot, rows[len(rows) // 2], CODE, TITLE, saving_bytes=saving,
                evidence=[f"{len(rows)} {kind} that are in the database are kept by {by}"],
                fix="give the key and not the object, or relationship(lazy='write_only')", confidence=0.7,
                subject=kind, freed=Freed(roots=freed),
            )  # fmt: skip


def _is_made(snapshot: Snapshot, row: int) -> bool:
    """Whether a statement of the program calls its class: it was not loaded."""
    at = snapshot.grown_at(row)
    name = snapshot.type_of(row).rpartition(".")[2]
    return at is not None and f"{name}(" in snapshot.stacks.source_line(at.file, at.line)


def _is_written(snapshot: Snapshot, row: int) -> bool:
    state = attribute(snapshot, row, "_sa_instance_state")
    return state is not None and attribute(snapshot, state, "key") is not None
