"""HW114: one branch of itertools.tee lags behind.

`a, b = tee(items)`: everything that `a` has given and `b` has not yet is kept between them.

What to do: go through both together, or make the items anew for the second pass. Clean: branches that advance
together.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW114"
TITLE = "one branch of itertools.tee lags behind"


def at(place: Place) -> Finding | None:
    """Links of a tee among what is new or on the path."""
    types = ("itertools._tee_dataobject", "itertools._tee")
    if place.count(*types) < 1 and place.on_path(*types) is None:
        return None
    fix = "advance both branches together, or iterate over the source twice"
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.9, fix=fix)
