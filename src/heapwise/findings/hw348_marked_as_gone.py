"""HW348: objects that are marked as gone are still kept.

`job.cancelled = True` marks it; whoever comes to it passes it by. Until then, or for good, it stays in its queue or
table, with all that it carries: for a timer of an hour, an hour.

What to do: take it out where it is marked; where that is dear (the middle of a heap), drop what it carries
(`job.payload = None`), and build the queue anew when more than half of it is marked. Clean: marks that anything but a
test reads; objects of which few are marked, or that others keep, too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.own_classes import class_names, is_own
from heapwise.findings.own_containers import own_containers
from heapwise.findings.records import of_records
from heapwise.findings.waste import holders_of
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW348"
TITLE = "objects marked as gone are still kept"
_GONE = re.compile(
    r"^_?(is_|was_|has_been_|been_)?(cancel+ed|closed|deleted|removed|expired|disposed|dead|stale|evicted|revoked|"
    r"unsubscribed|aborted|abandoned|obsolete|destroyed|detached|disconnected|discarded|invalidated)$"
)
_DEEPEST, _MOSTLY = 3, 0.5


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of the program that keep a good part of the heap in objects that are marked so."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        records = _records(snapshot, source, own.entries)
        marked: dict[str, list[int]] = {}
        for entry, record in records:
            for name in _marks(snapshot, record):
                marked.setdefault(name, []).append(entry)
        for name, entries in marked.items():
            if len(entries) >= _MOSTLY * len(own.entries) and _passes_by(source, name):
                told = f"{len(entries)} of {len(own.entries)} objects in {own.name.text} are marked .{name}"
                yield of_records(
                    snapshot, own.node, entries, CODE, TITLE, told=told,
                    fix=f"take it out of {own.name.text} where .{name} is set, or drop what it carries there",
                )  # fmt: skip
                break


def _records(
    snapshot: Snapshot, source: ProgramSource, entries: Sequence[int]
) -> list[tuple[int, int]]:
    """(entry, object of a class of the program's in it): itself, or in a tuple, `(when, number, job)`."""
    types = snapshot.nodes("type")
    known: dict[int, bool] = {}
    found = []
    for entry in entries:
        inside = [entry]
        if snapshot.type_of(entry) in ("tuple", "list"):
            inside += [step.node for step in snapshot.steps_from(entry)][:_DEEPEST]
        for node in inside:
            row = types[node]
            if row not in known:
                known[row] = is_own(snapshot, source, row) and bool(class_names(snapshot, row))
            if known[row]:
                found.append((entry, node))
                break
    return found


def _marks(snapshot: Snapshot, record: int) -> Iterator[str]:
    """The names of its attributes that say that it is gone, and are true."""
    for holder in holders_of(snapshot, record):
        for step in snapshot.steps_from(holder):
            if (
                snapshot.type_of(step.node) == "bool"
                and _GONE.match(str(step.name))
                and snapshot.labels.get(step.node) == "True"
            ):
                yield str(step.name)


def _passes_by(source: ProgramSource, name: str) -> bool:
    """Whether some function sets the mark, and tests alone read it, with nothing to do where it is set."""
    places = [each for each in source.of(ast.Attribute) if each.attr == name]
    reads = [each for each in places if isinstance(each.ctx, ast.Load)]
    sets = [
        each for each in places
        if isinstance(above := source.above(each), ast.Assign)
        and isinstance(above.value, ast.Constant) and above.value.value is True
    ]  # fmt: skip
    return bool(sets and reads) and all(_is_passed_by(source, each) for each in reads)


def _is_passed_by(source: ProgramSource, read: ast.expr) -> bool:
    """Whether it stands in a test that does nothing for what is marked: `if not x.gone: ...`, `if x.gone: continue`."""
    above = source.above(read)
    negated = isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not)
    test: ast.AST = above if negated and above is not None else read
    above = source.above(test)
    while isinstance(above, ast.BoolOp):
        test, above = above, source.above(above)
    if isinstance(above, ast.comprehension):
        return negated
    if isinstance(above, (ast.If, ast.While)) and above.test is test:
        return (negated and not above.orelse) or _does_nothing(above.body)
    return isinstance(above, ast.IfExp) and negated


def _does_nothing(body: Sequence[ast.stmt]) -> bool:
    """Whether statements go on, or back, and at most count, or drop something from a queue."""
    return all(
        isinstance(each, (ast.Continue, ast.Break, ast.Pass, ast.Raise, ast.AugAssign))
        or (isinstance(each, ast.Return) and isinstance(each.value, (ast.Constant, type(None))))
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Call))
        for each in body
    )
