"""HW352: rows that were written stay in the collection of a row that lives on.

`Reading(device=device, ...)` appends itself to `device.readings` by the back reference, once that collection is loaded.
The rows are written; the session holds them weakly, but the device keeps them all, with `expire_on_commit=False` for as
long as it lives.

What to do: give the key, and not the object (`Reading(device_id=device.id)`); `relationship(..., lazy="write_only")` or
`"dynamic"` for what grows; or `session.expire(device, ["readings"])` at times. Costs: the collection is asked for again
by a query. Clean: rows that were loaded to be looked at, and those that are still to be written.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.loaded_collections import (
    are_kept_there,
    loaded_collections,
    made_share,
    with_states,
)
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW352"
TITLE = "written rows stay in a collection of a row that lives on"
_LEAST_ROWS, _LEAST_SHARE, _MOSTLY = 200, 0.15, 0.8


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Loaded collections, of one class together, whose rows the program itself has made, and which are in the
    database."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for kind, each in loaded_collections(snapshot).items():
        rows = [row for one in each for row in one.rows]
        if (
            len(rows) < _LEAST_ROWS
            or made_share(snapshot, rows) < _MOSTLY
            or not are_kept_there(snapshot, each)
        ):
            continue
        freed = with_states(snapshot, rows)
        if (saving := snapshot.retained_of(freed)) >= least:
            by = "this collection" if len(each) == 1 else f"{len(each)} collections"
            yield structural(
                snapshot, rows[len(rows) // 2], CODE, TITLE, saving_bytes=saving,
                evidence=[f"{len(rows)} {kind} that are in the database are kept by {by}"],
                fix="give the key and not the object, or relationship(lazy='write_only')", confidence=0.7,
                subject=kind, freed=Freed(roots=freed),
            )  # fmt: skip
