"""HW154: a mock keeps the arguments of every call.

`unittest.mock.Mock` records each call with its arguments, in itself and in every mock above it.

What to do: `mock.reset_mock()` between rounds, or a small stand-in of your own. Costs: earlier calls can no longer be
asserted. Clean: mocks that are reset.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW154"
TITLE = "a mock keeps the arguments of every call"


def at(place: Place) -> Finding | None:
    """Calls of a mock on the path or among what is new."""
    path = any(name.startswith("unittest.mock.") for name in place.path_types)
    new = any(name.startswith("unittest.mock._Call") for name in place.suspect.types)
    if not path and not new:
        return None
    return place.finding(
        CODE, TITLE, nature=Nature.FAULT, confidence=0.95, fix="mock.reset_mock() between rounds"
    )


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """The lists of calls, and what they keep."""
    lists = list(snapshot.of_type_exactly("unittest.mock._CallList"))
    saving = snapshot.retained_of(lists) if lists else 0
    if saving >= worth_bytes(snapshot):
        largest = max(lists, key=lambda node: snapshot.nodes("retained_bytes")[node])
        yield structural(
            snapshot, largest, CODE, TITLE, saving_bytes=saving, fix="mock.reset_mock() between rounds",
            freed=Freed(roots=lists),
            evidence=[f"{len(lists)} lists of calls keep the arguments"],
        )  # fmt: skip
