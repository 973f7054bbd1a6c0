"""HW131: cycles wait for a collector that does not come.

Objects that refer to each other in a ring are freed by the cyclic collector alone. With `gc.disable()`, after
`gc.freeze()`, or with thresholds set very high, they stay. `gc.DEBUG_SAVEALL` keeps them in `gc.garbage`. Some always
wait for a collector that is on: it comes after so many new objects, however large they are.

What to do: break the ring (`weakref.ref` for the way back: parent, owner, callback), or let the collector run. Costs:
the way back is a call, and may give None; collections take time. Clean: the same objects with a weak way back; rings of
many that a library makes of its own objects (documents, archives, figures), while the collector is on: they are said to
hold most, and no more. Few that hold much, 40 MiB and more, are told: the collector counts objects, and not bytes.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from heapwise import units
from heapwise.analyze.frame_locals import bare
from heapwise.analyze.freed import below
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_classes import is_of_library
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import MANY_WAITING, is_never_collected, waiting
from heapwise.model.finding import Finding, Nature, Related
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW131"
TITLE = "unreachable cycles wait for the collector"
FROZEN = "gc.collect() before gc.freeze()"
FIX = "make the way back weak (weakref.ref), or let the collector run (gc.enable(), gc.collect())"
SAVED = "unreachable objects gather in gc.garbage"
FIX_OF_ERRORS = "del the name in a finally, or keep str(error)"
OFF = "the collector is off (gc.disable())"
_WAITING_SHARE = 0.25
"""A collector with thresholds as they are leaves of old objects fewer than a quarter waiting (CPython's
Modules/gcmodule.c, long_lived_pending)."""
_HEAVY_SHARE, _HEAVY_BYTES, _HEAVY_EACH_BYTES = 0.4, 40 << 20, 8 << 10
"""Of the heap, in all, and for each object: arrays in rings."""
_CALLS = ("frame", "generator", "coroutine", "async_generator")
_FUNCTIONS = ("function", "cell")
_FALL = 0.8
"""What remains at most where the collector has run."""


def at(place: Place) -> Finding | None:
    """What nothing reaches any more, or what the collector has put aside."""
    if place.suspect.holder.startswith("gc.garbage"):
        fix = "gc.set_debug(0) (DEBUG_SAVEALL keeps all that is found), and gc.garbage.clear()"
        return place.finding(CODE, SAVED, nature=Nature.FAULT, confidence=0.95, fix=fix)
    if not place.passes("garbage"):
        return None
    # Where the collector runs, some always waits for it.
    off = is_never_collected(place.snapshot)
    falls = any(after < _FALL * before for before, after in pairwise(place.suspect.levels))
    few = len(place.suspect.members) < max(MANY_WAITING, _WAITING_SHARE * len(place.snapshot))
    nature, confidence = (Nature.FAULT, 0.95) if off else (Nature.GENERAL, 0.7)
    told = _why(place.snapshot)
    if falls:
        nature, told = Nature.BOUNDED, ["the collector takes it now and then"]
    elif few and not off:
        nature, told = Nature.BOUNDED, ["the collector is on, and has not come yet"]
    return place.finding(CODE, TITLE, nature=nature, confidence=confidence, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Unreachable objects that are a good part of the heap."""
    off = is_never_collected(snapshot)
    for node in waiting(snapshot):
        waits = list(below(snapshot, [node]))
        few = _held_by_few(snapshot, node, len(waits))
        if not off and not few and not _is_of_program(snapshot, waits):
            continue
        told = [
            f"{snapshot.figure('garbage_count')} groups of unreachable objects",
            *_why(snapshot),
            *_kept_frames(snapshot, waits),
            *few,
        ]
        found = structural(
            snapshot, node, CODE, TITLE, saving_bytes=snapshot.nodes("retained_bytes")[node], fix=FIX, evidence=told,
            confidence=0.95 if off else 0.6,
        )  # fmt: skip
        if off and snapshot.facts.get("frozen"):
            found = replace(found, fix=f"{FROZEN}; {FIX}")
        at = _error_kept(snapshot, waits)
        if at is not None:
            why = f"an exception that a local of its own frame keeps, by {at.function}()"
            found = replace(found, evidence=(*found.evidence, why), fix=f"{FIX_OF_ERRORS}; {FIX}")
        at = at or _made_at(snapshot, waits)
        if at is not None:
            found = replace(found, file=at.file, line=at.line, function=at.function)
        yield replace(found, related=_turned_off(snapshot)) if off else found


def _turned_off(snapshot: Snapshot) -> tuple[Related, ...]:
    """Where the program says `gc.disable()`."""
    source = program_source(snapshot)
    calls = (
        each for each in source.of(ast.Call)
        if last_name(each.func) == "disable" and ast.unparse(each.func) == "gc.disable"
    )  # fmt: skip
    return tuple(Related("causes", source.file_of(each), each.lineno) for each in calls)


def _is_of_program(snapshot: Snapshot, nodes: Iterable[int]) -> bool:
    """Whether the program has a part in what waits: instances of its classes, calls, functions that it made."""
    types, stacks = snapshot.nodes("type"), snapshot.stacks
    own = {
        row for row, kind in enumerate(snapshot.type_names)
        if kind in _CALLS or ("." in kind and not is_of_library(snapshot, kind) and not kind.startswith("collections."))
    }  # fmt: skip
    functions = {row for row, kind in enumerate(snapshot.type_names) if kind in _FUNCTIONS}
    for node in nodes:
        if types[node] in own:
            return True
        if types[node] in functions:
            made = snapshot.stack_of(node)
            if not made or stacks.is_user_file(made[-1].file):
                return True
    return False


def _why(snapshot: Snapshot) -> list[str]:
    """Why the collector does not come to it; nothing where it will."""
    if snapshot.figure("collector_disabled"):
        return [OFF]
    frozen = len(snapshot.facts.get("frozen", {})) if is_never_collected(snapshot) else 0
    return [f"{frozen} of them were there when gc.freeze() hid them from it"] if frozen else []


def _held_by_few(snapshot: Snapshot, garbage: int, count: int) -> list[str]:
    """That a few objects hold a good part of the heap, where that is so: the collector comes after so many objects, and
    not after so many bytes."""
    held, whole = snapshot.nodes("retained_bytes")[garbage], snapshot.figure("shallow_bytes")
    if held < max(_HEAVY_SHARE * whole, _HEAVY_BYTES, _HEAVY_EACH_BYTES * count):
        return []
    return [f"{count} objects hold {units.size(held)}: the collector counts objects, and not bytes"]


def _kept_frames(snapshot: Snapshot, waits: Iterable[int]) -> Iterator[str]:
    """Whose frames wait, by an exception that a local of theirs keeps."""
    rings = Counter(
        (snapshot.labels.get(node, ""), str(step.name))
        for node in waits if snapshot.type_of(node) == "frame"
        for step in snapshot.steps_from(node)
        if step.kind == "local" and _has_traceback(snapshot, step.node)
    )  # fmt: skip
    for (function, name), count in rings.most_common(1):
        told = (
            f"{count} frames of {bare(function)}()"
            if count > 1
            else f"the frame of {bare(function)}()"
        )
        yield f"{told}: {name}, a local there, is the exception whose traceback keeps the frame"


def _has_traceback(snapshot: Snapshot, node: int) -> bool:
    return any(
        step.name == "__traceback__" and snapshot.type_of(step.node) == "traceback"
        for step in snapshot.steps_from(node)
    )


def _error_kept(snapshot: Snapshot, waits: Iterable[int]) -> Frame | None:
    """The statement that binds an exception to a local of a function whose frame is among the waiting objects."""
    functions = {
        bare(snapshot.labels.get(node, ""))
        for node in waits if snapshot.type_of(node) == "frame"
    }  # fmt: skip
    source = program_source(snapshot) if functions else None
    for handler in source.of(ast.ExceptHandler) if source is not None and source.is_known else ():
        scope = source.scope_of(handler)  # type: ignore[union-attr]
        name = getattr(scope, "name", "")
        for each in ast.walk(handler):
            bound = isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
            if name in functions and bound and last_name(each.value) == handler.name:  # type: ignore[attr-defined]
                return Frame(name, source.file_of(handler), each.lineno)  # type: ignore[union-attr, attr-defined]
    return None


def _made_at(snapshot: Snapshot, waits: Iterable[int]) -> Frame | None:
    """Where most of its bytes were made."""
    sites, sizes = snapshot.nodes("site"), snapshot.nodes("size_bytes")
    of_sites: dict[int, int] = {}
    examples: dict[int, int] = {}
    for node in waits:
        of_sites[sites[node]] = of_sites.get(sites[node], 0) + sizes[node]
        examples.setdefault(sites[node], node)
    largest = max(of_sites, key=lambda site: of_sites[site], default=None)
    return snapshot.allocated_at(examples[largest]) if largest is not None else None
