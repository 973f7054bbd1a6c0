"""HW348: objects that are marked as gone are still kept.

`job.cancelled = True` marks it, or `order.live = False`; whoever comes to it passes it by. Until then, or for good, it
stays in its queue or table, with all that it carries: for a timer of an hour, an hour.

What to do: take it out where it is marked; where that is dear (the middle of a heap), drop what it carries
(`job.payload = None`), and build the queue anew when more than half of it is marked. Costs: taking it out of the middle
takes time. Clean: marks that anything but a test reads; objects of which few are marked, or that others keep, too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers, own_groups
from heapwise.findings.records import of_records, own_records
from heapwise.findings.roles import sampled
from heapwise.findings.waste import holders_of
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW348"
TITLE = "objects marked as gone are still kept"
_GONE = re.compile(
    r"^_?(is_|was_|has_been_|been_)?(cancel+ed|closed|deleted|removed|expired|disposed|dead|stale|evicted|revoked|"
    r"unsubscribed|aborted|abandoned|obsolete|destroyed|detached|disconnected|discarded|invalidated)$"
)
_HERE = re.compile(r"^_?(is_)?(alive|live|active|valid|enabled)$")
"""Names that are false of what is gone."""
_TAKES = ("pop", "popleft", "heappop", "remove", "discard")
_MOSTLY, _SAMPLE = 0.5, 1000


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of the program that keep a good part of the heap in objects that are marked so."""
    source = program_source(snapshot)
    names = [
        name
        for name in sorted(source.stored)
        if (_GONE.match(name) or _HERE.match(name)) and only_lets_pass(source, name)
    ]
    told_of: set[tuple[str, str]] = set()
    for own in (*own_groups(snapshot), *own_containers(snapshot)) if names else ():
        if (own.name.owner, own.name.text) in told_of or not _marked(
            snapshot, source, sampled(own.entries, _SAMPLE), names
        ):
            continue
        entries, name = _marked(snapshot, source, own.entries, names) or ([], "")
        if entries and not (_HERE.match(name) and _is_used_unasked(source, own, name)):
            told_of.add((own.name.owner, own.name.text))
            told = f"{len(entries)} of {len(own.entries)} objects in {own.name.text} are marked {_mark(name)}"
            yield of_records(
                snapshot, own.node, entries, CODE, TITLE, told=told,
                fix=f"take it out of {own.name.text} where it is marked {_mark(name)}, or drop what it carries there",
            )  # fmt: skip


def _marked(
    snapshot: Snapshot, source: ProgramSource, entries: Sequence[int], names: Sequence[str]
) -> tuple[list[int], str] | None:
    """(entries whose object bears a mark, the mark), of that which most bear, where it is half of them."""
    found: dict[str, list[int]] = {}
    for entry, record in own_records(snapshot, source, entries):
        for name in _marks(snapshot, record, names):
            found.setdefault(name, []).append(entry)
    name = max(found, key=lambda each: len(found[each]), default="")
    marked = found.get(name, [])
    return (marked, name) if name and len(marked) >= _MOSTLY * len(entries) else None


def _marks(snapshot: Snapshot, record: int, names: Sequence[str]) -> Iterator[str]:
    """Of these names of attributes those by which it is gone."""
    for holder in holders_of(snapshot, record):
        for step in snapshot.steps_from(holder):
            if step.name in names:
                gone = str(not _HERE.match(str(step.name)))
                if snapshot.labels.get(step.node) == gone:
                    yield str(step.name)


def _is_used_unasked(source: ProgramSource, own: Own, name: str) -> bool:
    """Whether some function goes through what a container has, or takes of it, and does not look at the mark."""
    uses = own.uses
    places = (*uses.walks, *uses.asks, *uses.takes, *uses.escapes, *uses.hands)
    asking = {source.scope_of(each) for each in source.of(ast.Attribute) if each.attr == name}
    return any(source.scope_of(place) not in asking for place in places)


def _mark(name: str) -> str:
    """How what is gone is told by it, as a program writes it."""
    return f".{name} = False" if _HERE.match(name) else f".{name}"


def only_lets_pass(source: ProgramSource, name: str) -> bool:
    """Whether some function sets the mark, and tests alone read it, with nothing to do for what it says is gone. A mark
    that says what is here is only set to True where the object is made."""
    here = bool(_HERE.match(name))
    places = [each for each in source.of(ast.Attribute) if each.attr == name]
    reads = [each for each in places if isinstance(each.ctx, ast.Load)]
    sets = [
        each for each in places
        if isinstance(above := source.above(each), ast.Assign)
        and isinstance(above.value, ast.Constant) and above.value.value is (not here)
    ]  # fmt: skip
    back = [
        each for each in places
        if here and isinstance(each.ctx, ast.Store) and each not in sets
        and getattr(source.scope_of(each), "name", "") != "__init__"
    ]  # fmt: skip
    passed = (_is_passed_by(source, each, here=here) for each in reads)
    return bool(sets and reads) and not back and all(passed)


def _is_passed_by(source: ProgramSource, read: ast.expr, *, here: bool = False) -> bool:
    """Whether it stands in a test that does nothing for what is gone: `if not x.gone: ...`, `if x.gone: continue`.
    here: it says of what is there, so that a test is the other way round."""
    above = source.above(read)
    is_not = isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not)
    test: ast.AST = above if is_not and above is not None else read
    negated = is_not is not here
    above = source.above(test)
    while isinstance(above, ast.BoolOp):
        test, above = above, source.above(above)
    if isinstance(above, ast.comprehension):
        return negated
    if isinstance(above, (ast.If, ast.While)) and above.test is test:
        return not above.orelse if negated else _does_nothing(above.body)
    return isinstance(above, ast.IfExp) and negated and _is_nothing(above.orelse)


def _is_nothing(node: ast.expr) -> bool:
    """Whether an expression is None, or nothing of its kind."""
    return isinstance(node, ast.Constant) and not node.value


def _does_nothing(body: Sequence[ast.stmt]) -> bool:
    """Whether statements go on, or back, and at most count, or take something from a queue, and do nothing with it
    where it is marked."""
    return all(
        isinstance(each, (ast.Continue, ast.Break, ast.Pass, ast.Raise, ast.AugAssign))
        or (isinstance(each, ast.Return) and isinstance(each.value, (ast.Constant, type(None))))
        or (
            isinstance(each, (ast.Expr, ast.Assign))
            and isinstance(each.value, ast.Call)
            and last_name(each.value.func) in _TAKES
        )
        or (isinstance(each, ast.If) and not each.orelse and _asks_for_no_mark(each.test))
        for each in body
    )


def _asks_for_no_mark(test: ast.expr) -> bool:
    """`not x.gone`, or that and something else."""
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    return any(
        isinstance(each, ast.UnaryOp)
        and isinstance(each.op, ast.Not)
        and isinstance(each.operand, ast.Attribute)
        and bool(_GONE.match(each.operand.attr))
        for each in parts
    )
