"""HW121: stored exceptions keep frames and their locals.

An exception has its traceback, a traceback its frames, a frame every local of the function that failed: who
keeps the exception (in a list of errors, in `sys.last_value`, as `__context__` of another) keeps all that.

What to do: store `traceback.TracebackException(...)` or `str(error)`, or `error.with_traceback(None)`. Clean:
exceptions without tracebacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW121"
TITLE = "stored exceptions keep frames and their locals"
FIX = "store traceback.TracebackException, str(error), or error.with_traceback(None)"
_LEAST_STORED = 3


def at(place: Place) -> Finding | None:
    """Tracebacks among what is new, or on the path to it."""
    tracebacks = place.count("traceback")
    if tracebacks < 1 and place.on_path("traceback") is None:
        return None
    told = [f"{tracebacks} tracebacks keep the locals of the functions that failed"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.95, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers that dominate several exceptions with tracebacks."""
    above, retained = snapshot.nodes("dominator"), snapshot.nodes("retained_bytes")
    by_holder: dict[int, list[int]] = {}
    for node in snapshot.of_type_exactly("traceback"):
        error = above[node]
        if error < len(snapshot) and snapshot.type_of(error) not in (
            "traceback",
            "<root>",
            "<frame>",
        ):
            by_holder.setdefault(above[error], []).append(error)
    for holder, errors in by_holder.items():
        if (
            holder < len(snapshot)
            and len(errors) >= _LEAST_STORED
            and snapshot.type_of(holder)[0] != "<"
        ):
            size = sum(retained[node] for node in set(errors))
            told = [f"{len(set(errors))} exceptions with tracebacks"]
            yield structural(
                snapshot,
                holder,
                CODE,
                TITLE,
                saving_bytes=size,
                fix=FIX,
                evidence=told,
                freed=Freed(roots=sorted(set(errors))),
            )
