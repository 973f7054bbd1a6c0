"""HW104: data of threads grows.

What a thread puts into a `threading.local` stays until the thread ends; the threads of a pool do not end.

What to do: clear the attribute when the job is done, or pass the data as an argument. Clean: one small buffer a
thread, reused.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding

CODE = "HW104"
TITLE = "thread-local data grows"


def at(place: Place) -> Finding | None:
    """A path by a thread's own dict, or by a threading.local."""
    local = place.on_path("_thread._local", "_thread._localdummy", "threading.local")
    if local is None and not place.passes("thread dict"):
        return None
    fix = "delete the attribute when the job is done, or pass the data as an argument"
    return place.finding(CODE, TITLE, confidence=0.9, fix=fix)
