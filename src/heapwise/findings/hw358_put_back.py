"""HW358: what could not be sent waits, and nothing bounds it.

`except RequestException: self.buffer = batch + self.buffer`: what fails is put back to be tried again, or is taken off
the buffer only after it was sent. While the other side is down, the buffer grows by all that the program makes.

What to do: a bound, and a word about what it costs: `deque(maxlen=10_000)` drops the oldest; or write the backlog to a
file or to a database, and read it again when the other side is back. Costs: what goes beyond the bound is lost, or a
file must be read again. Clean: buffers whose length is compared and cut off; those with a `maxlen`; work that is loaded
in one place and worked off there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.analyze.kept_at import FILLS
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.records import of_records
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW358"
TITLE = "what could not be sent waits without a bound"
_LEAST_WAITING, _KEPT = 64, 16
_TRIES = (ast.Try, ast.TryStar)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Buffers of the program that keep a good part of the heap."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        if len(own.entries) >= _LEAST_WAITING and _waits(source, own):
            told = f"{len(own.entries)} entries of {own.name.text} wait to be tried again: what fails stays there"
            yield of_records(
                snapshot, own.node, own.entries[:-_KEPT], CODE, TITLE, told=told,
                fix=f"give {own.name.text} a bound: deque(maxlen=...), or a file where the backlog waits",
            )  # fmt: skip


def _waits(source: ProgramSource, own: Own) -> bool:
    """Whether a failure leaves entries there, and nothing cuts them off."""
    uses = own.uses
    handed = [each for each in uses.escapes if not _puts_back(source, each)]
    if handed or _is_bounded(source, own):
        return False
    fills = {source.scope_of(each) for each in uses.fills}
    kept = [each for each in uses.takes if not _puts_back(source, each)]
    if any(_puts_back(source, each) for each in (*uses.fills, *uses.takes)):
        return True
    return bool(kept) and all(
        source.scope_of(each) not in fills and _is_after_success(source, each) for each in kept
    )


def _puts_back(source: ProgramSource, place: ast.AST) -> bool:
    """Whether it stands where an error is handled, and leaves what was there: `x = batch + x`, `x.extend(batch)`."""
    handler, statement = _around(source, place, ast.ExceptHandler)
    if handler is None:
        return False
    if isinstance(statement, ast.Assign):
        again = ast.dump(statement.targets[0]).replace("Store()", "Load()")
        return any(ast.dump(each) == again for each in ast.walk(statement.value))
    call = statement.value if isinstance(statement, ast.Expr) else None
    filled = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    return filled and call.func.attr in FILLS  # type: ignore[union-attr]


def _is_after_success(source: ProgramSource, place: ast.AST) -> bool:
    """Whether it stands behind a statement that may fail, in the same `try` or after one whose handlers leave."""
    attempt, _ = _around(source, place, _TRIES)
    if attempt is not None:
        return bool(attempt.orelse) or _end(attempt.body[0]) < _line(place)
    scope = source.scope_of(place)
    return any(
        isinstance(each, _TRIES)
        and _end(each) < _line(place)
        and all(isinstance(handler.body[-1], (ast.Return, ast.Break, ast.Continue)) for handler in each.handlers)
        for each in ast.walk(scope)
    )  # fmt: skip


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


def _end(node: ast.AST) -> int:
    return int(getattr(node, "end_lineno", 0))


def _is_bounded(source: ProgramSource, own: Own) -> bool:
    """Whether it is cut off, or takes nothing more, where its length is compared; or it has one at most."""
    taken = {each for each in own.uses.takes if not _puts_back(source, each)}
    for each in own.uses.tests:
        branch, _ = _around(source, each, (ast.If, ast.While))
        if branch is None or each not in ast.walk(branch.test):
            continue
        is_full = any(isinstance(order, (ast.Gt, ast.GtE)) for order in ast.walk(branch.test))
        if is_full and taken & set(ast.walk(branch)):
            return True
        if is_full and isinstance(
            branch.body[-1], (ast.Return, ast.Raise, ast.Break, ast.Continue)
        ):
            return True
    return any(
        word.arg == "maxlen"
        for call in source.of(ast.Call) for word in call.keywords
        if _named(source.above(call)) == own.name.text
    )  # fmt: skip


def _named(statement: ast.AST | None) -> str:
    """What an assignment binds."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return next((getattr(each, "attr", getattr(each, "id", "")) for each in targets), "")


def _around(
    source: ProgramSource, node: ast.AST, kind: type | tuple[type, ...]
) -> tuple[Any, ast.AST | None]:
    """The nearest node of a kind in the same function, and the statement there; None where there is none."""
    statement: ast.AST | None = node if isinstance(node, ast.stmt) else None
    while (above := source.above(node)) is not None and not isinstance(above, FUNCTIONS):
        if statement is None and isinstance(above, ast.stmt):
            statement = above
        if isinstance(above, kind):
            return above, statement
        node = above
    return None, statement
