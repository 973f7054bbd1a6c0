"""HW154: a mock keeps the arguments of every call.

`unittest.mock.Mock` records each call with its arguments, in itself and in every mock above it.

What to do: `mock.reset_mock()` between rounds, or a small stand-in of your own. Clean: mocks that are reset.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

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
