"""HW353: what is kept in a container is never read.

A list of finished spans that nobody exports, results of which only the number is asked, a history whose last entry, or
whose best, is looked at alone: by the source, no part of the program reads what it goes on keeping.

What to do: do not keep it; keep what is read (a count, a set of keys, the last one, the best so far; of the last 20
`collections.deque(maxlen=20)`). Costs: what was not kept cannot be looked at later. Clean: containers that are handed
on, given back, gone through, or read by a key; sets of which one asks how many differ, or whether one is there;
attributes of classes that a library may look at; programs that read attributes by names that the source does not tell
(`getattr(x, name)`, `pickle`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.collector_waits import without_waiting
from heapwise.analyze.container_uses import last_count
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_classes import is_own
from heapwise.findings.own_containers import Own, native_containers, own_containers, own_groups
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW353"
TITLE = "what is kept is never read"
_LISTS = ("list", "collections.deque")
_BEST = 2
"""Of those of which the best is asked for stay that, and the one that is made next."""
_LEAST_BYTES = 12 << 20
"""What a program keeps in case is not worth a word below this."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of the program that keep a good part of the heap, of which the source reads nothing, or the last
    entry."""
    retained = snapshot.nodes("retained_bytes")
    alone = own_containers(snapshot)
    known = {own.name for own in alone}
    others = [each for each in own_groups(snapshot) if each.name not in known]
    known |= {own.name for own in others}
    native = [each for each in native_containers(snapshot) if each.name not in known]
    # What the native memory comes to is told later, of whatever size the objects are.
    for own, least in (
        *((own, _LEAST_BYTES) for own in (*alone, *others)),
        *((own, 1) for own in native),
    ):
        kept = _unread(snapshot, own)
        size = sum(retained[node] for node in kept)
        if size >= least:
            last = last_count(program_source(snapshot), own.uses)
            what = _asked(own, last)
            some = f"{len(kept)} of " if 1 < len(kept) < len(own.entries) else ""
            told = (
                f"{some}{len(own.entries)} entries of {own.name.text} keep {units.size(size)}; "
                f"the source reads {what}"
            )
            found = structural(
                snapshot, own.node, CODE, TITLE, saving_bytes=size, evidence=[told], confidence=0.6,
                fix=_fix(own, last), freed=Freed(roots=kept, entirely=True),
            )  # fmt: skip
            yield without_waiting(found, snapshot, kept)


def _unread(snapshot: Snapshot, own: Own) -> list[int]:
    """The entries that nothing reads; empty where that is not known."""
    source, uses = program_source(snapshot), own.uses
    if not source.is_known or source.reads_any_name or own.name.text in source.named:
        return []
    if uses.escapes or uses.walks or uses.takes or not uses.fills:
        return []
    if not _is_private(snapshot, own):
        return []
    if _is_looked_through(snapshot, own):
        return []
    if uses.best and set(uses.asks) <= set(uses.best):
        return own.entries[: -_BEST * own.containers_count]
    if not uses.asks:
        return own.entries if uses.tests or own.containers_count > 1 else [own.node]
    is_list = snapshot.type_of(own.node) in _LISTS
    few = {*uses.newest, *uses.best, *uses.last}
    last = last_count(source, uses)
    return (
        own.entries[: -last * own.containers_count]
        if is_list and last and set(uses.asks) == few
        else []
    )


def _is_looked_through(snapshot: Snapshot, own: Own) -> bool:
    """Whether it is asked for what only its entries tell: how many of a set differ, or whether one is there."""
    source, kind = program_source(snapshot), snapshot.type_of(own.node)
    if kind == "set":
        return bool(own.uses.tests)
    compared = (source.above(place) for place in own.uses.tests if kind in _LISTS)
    operators = (each.ops for each in compared if isinstance(each, ast.Compare))
    return any(isinstance(op, (ast.In, ast.NotIn)) for ops in operators for op in ops)


def _is_private(snapshot: Snapshot, own: Own) -> bool:
    """Whether the program alone can read it: an attribute of a class of its own, or of its instances."""
    if own.name.kind == "class attribute":
        return _is_of_own_class(snapshot, own)
    if own.name.kind != "attribute":
        return False
    above = snapshot.parents[0][own.node]
    if own.name.owner != snapshot.type_of(above):
        above = snapshot.parents[0][above]
    return is_own(snapshot, program_source(snapshot), snapshot.nodes("type")[above])


def _is_of_own_class(snapshot: Snapshot, own: Own) -> bool:
    """What is under a class's name stands in its namespace."""
    namespace = snapshot.parents[0][own.node]
    above = snapshot.parents[0][namespace] if namespace != NO_NODE else NO_NODE
    rows = (row for row, node in enumerate(snapshot.type_nodes) if node == above != NO_NODE)
    return any(is_own(snapshot, program_source(snapshot), row) for row in rows)


def _fix(own: Own, last: int) -> str:
    if own.uses.last:
        return f"collections.deque(maxlen={last}) for {own.name.text}"
    return f"do not keep them in {own.name.text}: keep what is read"


def _asked(own: Own, last: int) -> str:
    if own.uses.last:
        return f"the last {last} of them"
    if own.uses.best:
        return "the best of them"
    if own.uses.newest:
        return "the last of them"
    return "how many there are, or which keys" if own.uses.tests else "nothing of them"
