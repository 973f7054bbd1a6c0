"""HW143: generators or coroutines are begun and never finished.

A suspended generator keeps its frame with all locals; a coroutine that is never awaited keeps its arguments.

What to do: exhaust it, `close()` it (`contextlib.closing`), or await it. Clean: generators that run to their end.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding
from heapwise.model.heap_tables import FINISHED

CODE = "HW143"
TITLE = "generators or coroutines are kept unfinished"
_TYPES = ("generator", "coroutine", "async_generator")
_LEAST = 5


def at(place: Place) -> Finding | None:
    """Unfinished ones are much of what is new, or what the container holds."""
    states = place.snapshot.facts.get("state", {})
    waiting = [node for node in place.members(*_TYPES) if states.get(node) != FINISHED]
    held = sum(place.snapshot.nodes("retained_bytes")[node] for node in waiting)
    if len(waiting) < _LEAST or held < 0.5 * place.suspect.grown_bytes:
        return None
    told = [f"{len(waiting)} unfinished ones with their locals"]
    tasks = place.count("_asyncio.Task", "asyncio.tasks.Task")
    if tasks:
        told.append(f"{tasks} tasks that wait")
    fix = "exhaust, close() (contextlib.closing) or await them"
    return place.finding(CODE, TITLE, confidence=0.85, fix=fix, evidence=told)
