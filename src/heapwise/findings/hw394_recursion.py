"""HW394: calls that have not returned keep their locals.

A function that calls itself to go on, to try again after an error, to listen to the next connection, never returns:
each call's locals stay for as long as the program runs. So it is with a coroutine that awaits itself.

What to do: a loop, `while True: await connect()`, in which each round's locals take the place of the last; or `del
name` before the call. Costs: nothing. Clean: locals that are read when the call comes back; few levels.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from heapwise import units
from heapwise.analyze.frame_locals import bare
from heapwise.analyze.program_source import Function, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE, Step
from heapwise.model.snapshot import Snapshot

CODE = "HW394"
TITLE = "calls that have not returned keep their locals"
_LEAST_LEVELS, _LEAST_SHARE = 50, 0.15


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Chains of calls of one function, in a thread or by awaiting each other."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    source, retained = program_source(snapshot), snapshot.nodes("retained_bytes")
    for calls in (*_frames(snapshot), *_awaited(snapshot)):
        if len(calls) <= _LEAST_LEVELS or _retained(snapshot, calls[:-1]) < least:
            continue
        needed = _needed(snapshot, source, calls)
        held = [step for call in calls[:-1] for step in _locals(snapshot, call)]
        read = {
            step.node for call in calls for step in snapshot.steps_from(call)
            if step.kind == "local" and step.name in needed
        }  # fmt: skip
        kept = [step.node for step in held if step.node not in read]
        saving = snapshot.retained_of(kept) if kept else 0
        if saving >= least:
            yield structural(
                snapshot, max(kept, key=lambda node: retained[node]), CODE, TITLE, saving_bytes=saving, confidence=0.5,
                evidence=[f"{len(calls)} calls of one function wait for each other; what their locals keep that is not "
                          f"read afterwards is {units.size(saving)}"],
                fix="a loop in place of the call of itself, or del what is no more needed before it",
                freed=Freed(roots=kept),
            )  # fmt: skip


def _frames(snapshot: Snapshot) -> Iterator[list[int]]:
    """The frames of one function in a thread, the outermost first."""
    parents, _ = snapshot.parents
    groups: dict[tuple[int, str], list[int]] = {}
    for node in snapshot.of_type_exactly("<frame>"):
        groups.setdefault((parents[node], snapshot.labels.get(node, "")), []).append(node)
    yield from (list(reversed(nodes)) for nodes in groups.values())


def _awaited(snapshot: Snapshot) -> Iterator[list[int]]:
    """Coroutines that one line made, each awaited by the one before; the outermost first."""
    parents, lines, sites = snapshot.parents[0], lines_of_sites(snapshot), snapshot.nodes("site")
    coroutines = snapshot.of_type_exactly("coroutine")
    line_of = {node: lines.get(sites[node], -1) for node in coroutines}
    awaits = {
        parents[node]: node for node in coroutines
        if line_of.get(parents[node]) == line_of[node] != -1
    }  # fmt: skip
    for first in awaits.keys() - set(awaits.values()):
        chain = [first]
        while (inner := awaits.get(chain[-1], NO_NODE)) != NO_NODE:
            chain.append(inner)
        yield chain


def _locals(snapshot: Snapshot, call: int) -> Iterator[Step]:
    """What it has under names of its own, and is not reached before by another way."""
    parents, _ = snapshot.parents
    return (
        step for step in snapshot.steps_from(call)
        if step.kind == "local" and parents[step.node] == call
    )  # fmt: skip


def _retained(snapshot: Snapshot, calls: Sequence[int]) -> int:
    return snapshot.retained_of([step.node for call in calls for step in _locals(snapshot, call)])


def _needed(snapshot: Snapshot, source: ProgramSource, calls: Sequence[int]) -> frozenset[str]:
    """The names that the function reads when the call of itself has come back; none where the source is not there."""
    name, line = bare(snapshot.labels.get(calls[-1], "")), 0
    if snapshot.type_of(calls[-1]) == "coroutine":
        at = snapshot.allocated_at(calls[-1])
        name, line = (bare(at.function), at.line) if at is not None else ("", 0)
    functions = [
        each for each in source.functions
        if each.name == name and (not line or each.lineno <= line <= (each.end_lineno or line))
    ]  # fmt: skip
    return frozenset(found for each in functions for found in _read_afterwards(source, each))


def _read_afterwards(source: ProgramSource, function: Function) -> Iterator[str]:
    """Names that are read after, or beside, a call of the function itself in it; in a loop, wherever that is."""
    again = [
        each for each in ast.walk(function)
        if isinstance(each, ast.Call) and last_name(each.func) == function.name
    ]  # fmt: skip
    for call in again:
        node: ast.AST = call
        while not isinstance(node, ast.stmt):
            node = source.above(node) or function
        yield from _names(node, inside=set(ast.walk(call)))
        while node is not function:
            above = source.above(node) or function
            if isinstance(above, (ast.For, ast.AsyncFor, ast.While)):
                yield from _names(above)
            for later in _after(above, node):
                yield from _names(later)
            node = above


def _after(above: ast.AST, statement: ast.AST) -> Iterator[ast.AST]:
    """The statements that follow in the same body, and the parts of a `try` that run afterwards."""
    for body in ("body", "orelse", "finalbody", "handlers"):
        listed = getattr(above, body, None)
        if isinstance(listed, list) and statement in listed:
            yield from listed[listed.index(statement) + 1 :]
            if isinstance(above, ast.Try):
                yield from (*above.handlers, *above.orelse, *above.finalbody)


def _names(node: ast.AST, inside: Collection[ast.AST] = ()) -> Iterator[str]:
    return (
        each.id for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each not in inside
    )  # fmt: skip
