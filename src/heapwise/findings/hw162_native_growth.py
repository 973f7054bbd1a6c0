"""HW162: native memory grows, Python's does not.

What grows was allocated by native code (malloc, mmap) below this line, and no Python object accounts for it.

What to do: close, free or release what the library gave (its documentation says how); `heapwise run --native`
shows which native function allocates. Clean: native memory that is freed with its Python owner.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding

CODE = "HW162"
TITLE = "native memory grows"


def at(place: Place) -> Finding | None:
    """A line without objects in any snapshot, while there is one to look into."""
    if (
        place.suspect.holder
        or place.suspect.line is None
        or not place.suspect.type.startswith("native")
    ):
        return None
    fix = (
        "close or release what the library gave; `heapwise run --native` shows the native function"
    )
    return place.finding(CODE, TITLE, confidence=0.7, fix=fix)
