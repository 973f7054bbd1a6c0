"""HW369: a table is keyed by threads that are gone.

`buffers[threading.get_ident()] = ...` makes an entry for each thread that ever ran: nothing takes it out when the
thread has ended. The number may even come again, for another one, which then finds what is not its own.

What to do: `threading.local()` or a `contextvars.ContextVar`. Costs: nothing. Clean: tables whose entries are taken
out; threads of a pool, which stay.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from heapwise import units
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW369"
TITLE = "a table is keyed by what is gone"
_TABLES = ("dict", "collections.defaultdict", "collections.OrderedDict")
_LEAST_ENTRIES, _LEAST_SHARE, _MOSTLY = 16, 0.05, 0.5
_OF_THREADS = frozenset(("get_ident", "get_native_id", "current_thread", "currentThread"))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts that a line fills which says whose keys they are."""
    counts, retained = snapshot.nodes("edges_count"), snapshot.nodes("retained_bytes")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for table in (node for kind in _TABLES for node in snapshot.of_type_exactly(kind)):
        if counts[table] < _LEAST_ENTRIES or retained[table] < least:
            continue
        at = snapshot.grown_at(table)
        calls = _keys_of(program_source(snapshot), at) if at is not None else frozenset()
        if not calls & _OF_THREADS:
            continue
        values = [
            step for step in snapshot.steps_from(table) if step.kind in ("int key", "key", "item")
        ]
        gone = values[len(snapshot.of_type_exactly("<thread>")) :]
        roots = [step.node for step in gone]
        size = snapshot.retained_of(roots)
        if size >= least and len(gone) >= max(_LEAST_ENTRIES, _MOSTLY * len(values)):
            yield structural(
                snapshot, roots[0], CODE, TITLE, saving_bytes=size, confidence=0.8, freed=Freed(roots=roots),
                evidence=[
                    f"{len(gone)} of {len(values)} entries are of threads that have ended, and keep {units.size(size)}"
                ],
                fix="threading.local() or contextvars",
            )  # fmt: skip


def _keys_of(source: ProgramSource, at: Frame) -> frozenset[str]:
    """The last names of what is called for the keys of tables that a line fills."""
    stored = [each.slice for each in source.of(ast.Subscript)]
    given = [
        each.args[0] for each in source.of(ast.Call) if each.args and last_name(each.func) == "setdefault"
    ]  # fmt: skip
    keys = [
        each
        for each in (*stored, *given)
        if each.lineno == at.line and source.file_of(each) == at.file
    ]
    return frozenset().union(*map(partial(_called, source), keys))


def _called(source: ProgramSource, key: ast.expr) -> frozenset[str]:
    """The last names of what an expression calls, or what is called for the name that it is."""
    parts = [key]
    if isinstance(key, ast.Name):
        scope = source.scope_of(key)
        parts = [
            each.value for each in source.of(ast.Assign)
            if source.scope_of(each) is scope and any(isinstance(t, ast.Name) and t.id == key.id for t in each.targets)
        ]  # fmt: skip
    calls = (
        node
        for part in parts
        if not isinstance(part, ast.Tuple)
        for node in ast.walk(part)
        if isinstance(node, ast.Call)
    )
    return frozenset(last_name(each.func) for each in calls)
