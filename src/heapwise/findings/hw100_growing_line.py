"""HW100: a line whose live bytes grow.

What this line allocates is kept, more and more of it, from the warm-up to the end. Who keeps it, a recording
alone cannot say.

What to do: take snapshots beside the recording (`heapwise run --snapshot every=30s ...`) and ask again: then
the path that keeps it is named. Clean: a line that fills a table once and then stops.
"""

from __future__ import annotations

from heapwise.analyze.leaks import Suspect
from heapwise.findings.place import Place, of_growth
from heapwise.model.finding import Finding, Nature

CODE = "HW100"
TITLE = "live bytes of a line grow"


def at(place: Place) -> Finding | None:
    """Anything that no other detector knows."""
    fix = "bound what is kept there, or drop what is no longer needed"
    return place.finding(CODE, TITLE, nature=Nature.GENERAL, confidence=0.5, fix=fix)


def of_line(suspect: Suspect) -> Finding | None:
    """A line of which nothing else is known."""
    fix = "run with --snapshot every=30s to learn who keeps it"
    return of_growth(suspect, CODE, TITLE, confidence=0.5, fix=fix)
