"""HW114: one branch of itertools.tee lags behind.

`a, b = tee(items)`: everything that `a` has given and `b` has not yet is kept between them.

What to do: go through both together, or make the items anew for the second pass. Costs: the second pass makes the items
once more, or both passes are one loop. Clean: branches that advance together.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW114"
TITLE = "one branch of itertools.tee lags behind"
_FEW = 2


def at(place: Place) -> Finding | None:
    """Links of a tee among what is new or on the path."""
    types = ("itertools._tee_dataobject", "itertools._tee")
    if place.count(*types) < 1 and place.on_path(*types) is None:
        return None
    fix = "advance both branches together, or iterate over the source twice"
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.9, fix=fix)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Blocks of items that a branch has not seen."""
    blocks = list(snapshot.of_type_exactly("itertools._tee_dataobject"))
    # Each branch stands in a block of 57 items.
    saving = snapshot.retained_of(blocks) if len(blocks) > _FEW else 0
    if saving >= worth_bytes(snapshot):
        first = max(blocks, key=lambda node: snapshot.nodes("retained_bytes")[node])
        yield structural(
            snapshot, first, CODE, TITLE, saving_bytes=saving, freed=Freed(roots=blocks),
            fix="walk the branches side by side, or list(...) once",
            evidence=[f"{len(blocks)} blocks of items that one branch has seen and another has not"],
        )  # fmt: skip
