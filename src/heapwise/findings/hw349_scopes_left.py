"""HW349: scopes are pushed and, after an error, not popped.

`self.scopes.append(scope)` at the start, `self.scopes.pop()` at the end: an exception in between leaves the scope on
the stack, with all that was put into it; the next request works on top of it.

What to do: pop in `finally`, or make it a context manager (`@contextlib.contextmanager`, `try: yield`, `finally:
pop()`) and use it by `with`. Costs: nothing. Clean: stacks whose popped items are used, which are work to do; those
that are popped in `finally`, or where a `with` ends.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.records import of_records
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW349"
TITLE = "scopes pushed and not popped after an error"
_LISTS = ("list", "collections.deque")
_POPS = ("pop", "popleft")
_ENDS = ("__exit__", "__aexit__", "close", "__del__", "aclose")
_TRIES = (ast.Try, ast.TryStar)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Stacks of the program that keep a good part of the heap."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        if snapshot.type_of(own.node) in _LISTS and _is_left(source, own):
            told = f"{len(own.entries)} scopes stand on {own.name.text}: it is popped where all goes well alone"
            yield of_records(
                snapshot, own.node, own.entries[1:], CODE, TITLE, told=told,
                fix=f"pop {own.name.text} in `finally`, or by a context manager",
            )  # fmt: skip


def _is_left(source: ProgramSource, own: Own) -> bool:
    """Whether all that is taken out is popped and dropped, and an error may come before."""
    uses = own.uses
    if not uses.takes or not uses.fills or uses.escapes:
        return False
    calls = [
        source.above(above) for each in uses.takes if (above := source.above(each)) is not None
    ]
    return all(
        isinstance(call, ast.Call)
        and last_name(call.func) in _POPS
        and isinstance(source.above(call), ast.Expr)
        and not _always_comes(source, call)
        for call in calls
    )


def _always_comes(source: ProgramSource, call: ast.AST, *, within: bool = True) -> bool:
    """Whether it stands in `finally`, in a loop that empties, in what ends a `with`; within: or in a function that is
    called in such a place."""
    node = call
    while (above := source.above(node)) is not None and not isinstance(above, FUNCTIONS):
        if isinstance(above, _TRIES) and node in above.finalbody:
            return True
        if isinstance(above, (ast.While, ast.ExceptHandler)):
            return True
        node = above
    if not isinstance(above, FUNCTIONS):
        return False
    called = (each for each in source.of(ast.Call) if last_name(each.func) == above.name)
    return above.name in _ENDS or (
        within
        and any(_always_comes(source, each, within=False) for each in called if each is not call)
    )
