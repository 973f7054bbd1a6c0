"""HW121: stored exceptions keep frames and their locals.

An exception has its traceback, a traceback its frames, a frame every local of the function that failed: who
keeps the exception (in a list of errors, in `sys.last_value`, as `__context__` of another) keeps all that. One that is
made once and raised again and again keeps the frames of every time.

What to do: store `traceback.TracebackException(...)` or `str(error)`, or `error.with_traceback(None)` (tried by
`--prove`, where no exception before it keeps the same); raise a new exception each time. An exception without a
traceback may still keep the document, the bytes or the response that it tells of, the one that came before it
(`__context__`, also after `raise ... from None`), with its traceback, and a frame (of `inspect.stack()`) its locals.
Costs: a report made later has no locals to show. Clean: small exceptions without tracebacks; deep recursion that failed
once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import islice

from heapwise.analyze.kept_at import kept_at
from heapwise.findings.place import Place, structural
from heapwise.findings.records import by_holder, of_records
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW121"
TITLE = "stored exceptions keep frames and their locals"
TITLE_OF_ERRORS = "stored exceptions keep what they tell of"
TITLE_OF_FRAMES = "frames of ended calls are kept"
FIX = "store traceback.TracebackException, str(error), or error.with_traceback(None)"
FIX_OF_CAUSES = (
    "store traceback.TracebackException, or str(error): the one before it has a traceback as well"
)
_LEAST_STORED, _DEEPEST = 3, 4
_MANY_TIMES, _LEAST_ERROR_BYTES = 20, 4096
_BEFORE = ("__cause__", "__context__")
_NO_ERRORS = ("traceback", "<root>", "<frame>", "<garbage>")


def at(place: Place) -> Finding | None:
    """Tracebacks among what is new, or on the path to it."""
    tracebacks = place.count("traceback")
    if tracebacks < 1 and place.on_path("traceback") is None:
        return None
    told = [f"{tracebacks} tracebacks keep the locals of the functions that failed"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.95, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers that dominate several exceptions with tracebacks, directly or in records of their own; and single
    ones that are raised again and again, and keep the frames of each time."""
    above = snapshot.nodes("dominator")
    errors = set()
    for node in snapshot.of_type_exactly("traceback"):
        error = above[node]
        if error < len(snapshot) and snapshot.type_of(error) not in _NO_ERRORS:
            errors.add(error)
    yield from _chains(snapshot, errors)
    yield from _raised_again(snapshot, errors)
    yield from _without_tracebacks(snapshot, errors)
    yield from _frames(snapshot)
    for depth in range(_DEEPEST):  # the nearest holders first
        by_holder: dict[int, list[int]] = {}
        for error in sorted(errors):
            for holder in islice(_holders(snapshot, error), depth, depth + 1):
                by_holder.setdefault(holder, []).append(error)
        for holder, kept in by_holder.items():
            if len(kept) < _LEAST_STORED:
                continue
            errors.difference_update(kept)
            stored = structural(
                snapshot, holder, CODE, TITLE, saving_bytes=snapshot.retained_of(kept), fix=_fix(snapshot, kept),
                evidence=[f"{len(kept)} exceptions with tracebacks"], freed=Freed(roots=kept),
            )  # fmt: skip
            yield _at_stored(snapshot, stored, kept[0])


def _fix(snapshot: Snapshot, errors: Sequence[int]) -> str:
    """What to keep in place of exceptions: where the one before each has a traceback as well, not the exception."""
    before = (_slot(snapshot, error, name) for error in errors for name in _BEFORE)
    with_frames = sum(
        each != NO_NODE and _slot(snapshot, each, "__traceback__") != NO_NODE for each in before
    )
    return FIX_OF_CAUSES if 2 * with_frames > len(errors) else FIX


def _chains(snapshot: Snapshot, errors: set[int]) -> Iterator[Finding]:
    """Exceptions whose cause is the one before, which has a cause, and so on: the last keeps all. They are taken out of
    the set."""
    retained = snapshot.nodes("retained_bytes")
    causes = {
        error: cause for error in errors
        for name in _BEFORE if (cause := _slot(snapshot, error, name)) in errors
    }  # fmt: skip
    for last in errors - set(causes.values()):
        chain: list[int] = []
        at = last
        while at in causes and len(chain) < len(errors):
            at = causes[at]
            chain.append(at)
        if len(chain) < _MANY_TIMES or retained[chain[0]] < worth_bytes(snapshot):
            continue
        errors.difference_update([last, *chain])
        told = f"{len(chain)} exceptions follow each other as causes, and each keeps the frames that it passed"
        found = structural(
            snapshot, last, CODE, TITLE, saving_bytes=retained[chain[0]], evidence=[told],
            fix="keep str(error) of the last one, or raise ... from None", freed=Freed(roots=chain[:1]),
        )  # fmt: skip
        yield _at_stored(snapshot, found, last)


def _raised_again(snapshot: Snapshot, errors: set[int]) -> Iterator[Finding]:
    """Exceptions that were raised many times: each put its frames in front of those of the last. They are taken out of
    the set."""
    for error in sorted(errors):
        times = _times_raised(snapshot, error)
        if times < _MANY_TIMES:
            continue
        errors.discard(error)
        saving = snapshot.nodes("retained_bytes")[error]
        if saving >= worth_bytes(snapshot):
            told = f"one {snapshot.type_of(error)} was raised {times} times, and keeps the frames of each"
            yield structural(
                snapshot, error, CODE, TITLE, saving_bytes=saving, fix="raise a new exception each time",
                evidence=[told], freed=Freed(roots=[error]),
            )  # fmt: skip


def _without_tracebacks(snapshot: Snapshot, errors: Set[int]) -> Iterator[Finding]:
    """Containers of exceptions that have no traceback any more, and keep what was at fault: a document, a response.
    errors: those with tracebacks; what the one that came before has is told of that."""
    retained = snapshot.nodes("retained_bytes")
    bare = {
        node for name in snapshot.type_names if name.endswith(("Error", "Exception"))
        for node in snapshot.of_type_exactly(name)
        if retained[node] >= _LEAST_ERROR_BYTES and _slot(snapshot, node, "__traceback__") == NO_NODE
        and not any(_keeps_most(snapshot, node, _slot(snapshot, node, name), errors) for name in _BEFORE)
    }  # fmt: skip
    for holder, records in by_holder(snapshot, bare, least=_MANY_TIMES).items():
        told = f"{len(records)} exceptions without tracebacks keep what they tell of (doc, object, response)"
        fix = "keep str(error), its type and position"
        yield of_records(snapshot, holder, records, CODE, TITLE_OF_ERRORS, told=told, fix=fix)


def _keeps_most(snapshot: Snapshot, error: int, before: int, errors: Set[int]) -> bool:
    """Whether most of what an exception keeps is kept by the one before it, which is one of some."""
    retained = snapshot.nodes("retained_bytes")
    return before in errors and 2 * retained[before] > retained[error]


def _frames(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of frames whose calls have ended: of `inspect.stack()`, say."""
    ended = {
        node for node in snapshot.of_type_exactly("frame")
        if _slot(snapshot, node, "f_code") != NO_NODE
    }  # fmt: skip
    for holder, records in by_holder(snapshot, ended, least=_MANY_TIMES).items():
        if snapshot.type_of(holder) in ("traceback", "frame"):
            continue
        told = f"{len(records)} frames of calls that have ended keep their locals"
        fix = "keep the names and lines alone: frame.f_code.co_name, frame.f_lineno"
        yield of_records(snapshot, holder, records, CODE, TITLE_OF_FRAMES, told=told, fix=fix)


def _times_raised(snapshot: Snapshot, error: int) -> int:
    """How often a traceback begins anew, in a frame that the one before did not call."""
    part, above, times = _slot(snapshot, error, "__traceback__"), NO_NODE, 0
    while part != NO_NODE:
        frame = _slot(snapshot, part, "tb_frame")
        caller = _slot(snapshot, frame, "f_back") if frame != NO_NODE else NO_NODE
        times += above == NO_NODE or caller != above
        part, above = _slot(snapshot, part, "tb_next"), frame
    return times


def _slot(snapshot: Snapshot, node: int, name: str) -> int:
    """What an object has in a slot; NO_NODE of nothing, and of None."""
    found = next((s.node for s in snapshot.steps_from(node) if s.name == name), NO_NODE)
    return NO_NODE if found != NO_NODE and snapshot.type_of(found) == "NoneType" else found


def _at_stored(snapshot: Snapshot, found: Finding, error: int) -> Finding:
    """The finding at the line that keeps an exception; where the source does not tell at that which made the list, the
    record of it, or itself."""
    for kept in kept_at(snapshot, [error]):
        return replace(found, file=kept.file, line=kept.line, function=kept.function)
    if found.line:
        return found
    for node in (*islice(_holders(snapshot, error), _DEEPEST), error):
        at = snapshot.grown_at(node)
        if at is not None and at.line:
            return replace(found, file=at.file, line=at.line, function=at.function)
    return found


def _holders(snapshot: Snapshot, node: int) -> Iterator[int]:
    """The objects of the program that dominate a node, the nearest first."""
    above = snapshot.nodes("dominator")
    while (node := above[node]) < len(snapshot) and snapshot.type_of(node)[0] != "<":
        yield node
