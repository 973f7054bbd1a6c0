"""HW155: callbacks of atexit keep their objects.

`atexit.register(self.close)` keeps `self` until the program ends: the table stands in native code, where no
referrer shows.

What to do: `weakref.finalize(self, function, ...)`, which goes with the object; or `atexit.unregister`. Functions that
look for codecs are held so, too (`codecs.register`, `codecs.unregister`), with the codecs that they found. Costs:
nothing. Clean: one callback a program.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import Place, structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW155"
TITLE = "callbacks held by native code (atexit) keep their objects"
FIX = "weakref.finalize(self, ...) instead of atexit.register(self.close)"
_CALLABLES = ("method", "function", "functools.partial")
_LEAST_CALLBACKS, _LEAST_SHARE = 8, 0.1
_CODECS, _LOOKS_FOR_CODECS = "codecs.CodecInfo", "search_function"
_UNREGISTER = (
    "codecs.unregister(function) when its codec is done with, or one function for all codecs"
)


def at(place: Place) -> Finding | None:
    """Bound methods that only native code holds; from 3.14 on in a list of (function, arguments, keywords)."""
    methods = place.count("method", "function", "functools.partial")
    listed = place.passes("static variable") and place.elements["tuple"] >= methods >= 3
    if not (place.passes("native code") or listed):
        return None
    held = place.type in ("method", "function", "functools.partial")
    if methods < 3 and not held:
        return None
    told = [f"{methods} callbacks that no Python object refers to"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.8, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Callbacks that one line made, which nothing but native code holds, and which keep a good part of the heap."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained, sites, lines = (
        snapshot.nodes("retained_bytes"),
        snapshot.nodes("site"),
        lines_of_sites(snapshot),
    )
    held_by_code: dict[int, bool] = {}
    groups: dict[int, list[int]] = {}
    for node in (each for kind in _CALLABLES for each in snapshot.of_type_exactly(kind)):
        if sites[node] in lines and _is_registered(snapshot, node, held_by_code):
            groups.setdefault(lines[sites[node]], []).append(node)
    for callbacks in groups.values():
        found = _codecs(snapshot) if _looks_for_codecs(snapshot, callbacks[0]) else []
        size = snapshot.retained_of([*callbacks, *found])
        if len(callbacks) >= _LEAST_CALLBACKS and size >= least:
            largest = max(callbacks, key=lambda each: retained[each])
            told = f"{len(callbacks)} callbacks that no Python object refers to keep {units.size(size)}"
            yield structural(
                snapshot, largest, CODE, TITLE, saving_bytes=size, confidence=0.8, evidence=[told],
                fix=_UNREGISTER if found else FIX, freed=Freed(roots=[*callbacks, *found]),
            )  # fmt: skip


def _is_registered(snapshot: Snapshot, node: int, known: dict[int, bool]) -> bool:
    """Whether native code holds it; from 3.14 on a tuple in the list of atexit does."""
    parents, edges = snapshot.parents
    above = parents[node]
    if above != NO_NODE and snapshot.type_of(above) == "tuple":
        above = parents[above]
    if above == NO_NODE:
        return False
    if above not in known:
        name = snapshot.edge(edges[above]).name if parents[above] != NO_NODE else ""
        is_listed = name == "static variable" and snapshot.type_of(above) == "list"
        known[above] = is_listed or (name == "native code" and not parents[above])
    return known[above]


def _looks_for_codecs(snapshot: Snapshot, node: int) -> bool:
    """Whether a function stands beside that of `encodings`, in the interpreter's list."""
    above = snapshot.parents[0][node]
    beside = snapshot.steps_from(above)[:1] if snapshot.type_of(above) == "list" else ()
    return any(snapshot.labels.get(each.node, "").endswith(_LOOKS_FOR_CODECS) for each in beside)


def _codecs(snapshot: Snapshot) -> list[int]:
    """The codecs that were found, in the interpreter's own table: with a function that leaves, it is emptied."""
    return [
        node for node in snapshot.of_type_exactly(_CODECS)
        if (path := snapshot.path_to(node))[-1].kind == "key" and any(each.name == "static variable" for each in path)
    ]  # fmt: skip
