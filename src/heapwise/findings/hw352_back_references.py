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
_LEAST_ROWS, _LEAST_SHARE, _SAMPLE, _MOSTLY = 200, 0.15, 50, 0.8


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Loaded collections whose rows the program itself has made, and which are in the database."""
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for node in (each for kind in _COLLECTIONS for each in snapshot.of_type_exactly(kind)):
        if retained[node] < least:
            continue
        rows = [step.node for step in snapshot.steps_from(node) if above[step.node] == node]
        rows = [
            each for each in rows if attribute(snapshot, each, "_sa_instance_state") is not None
        ]
        sample = rows[:: max(1, len(rows) // _SAMPLE)]
        made = sum(_is_made(snapshot, each) and _is_written(snapshot, each) for each in sample)
        if len(rows) >= _LEAST_ROWS and made >= _MOSTLY * len(sample):
            kind = snapshot.type_of(rows[0])
            states = (attribute(snapshot, each, "_sa_instance_state") for each in rows)
            freed = [
                *rows,
                *(each for each in states if each is not None),
            ]  # the session goes by these
            yield structural(
                snapshot, rows[len(rows) // 2], CODE, TITLE, saving_bytes=snapshot.retained_of(freed),
                evidence=[f"{len(rows)} {kind} that are in the database are kept by this collection alone"],
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
