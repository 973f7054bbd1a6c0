"""HW410: entries of a heap that later ones have superseded stay until their turn comes.

`heapq.heappush(self.by_expiry, (deadline, token, worker))` at each renewal, and on `heappop` a look into a table:
`if self.tokens.get(worker) == token`. What is no longer true is passed by when it comes first, and not before: with
far-off deadlines the heap has an entry for each renewal there ever was.

What to do: when the heap has twice as many entries as the table, keep those that are still true, and `heapq.heapify`.
Clean: heaps with few entries for one key; those whose entries are all acted on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW410"
TITLE = "entries of a heap that later ones have superseded"
_POPS = frozenset(("heappop", "heappushpop", "heapreplace"))
_LEAST_STALE = 0.5
_KINDS = ("tuple", "list")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Heaps of tuples that keep a good part of the heap, most of them of keys that have a later one."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        at = _key_asked_for(source, own) if snapshot.type_of(own.node) == "list" else None
        if at is None:
            continue
        keys, stale = _superseded(snapshot, own.entries, at)
        if len(stale) < _LEAST_STALE * len(own.entries):
            continue
        of_table = snapshot.nodes("size_bytes")[own.node] * len(stale) // len(own.entries)
        size = snapshot.retained_of(stale) + of_table
        told = (
            f"{len(own.entries)} entries of {own.name.text} are of {keys} keys: {len(stale)} have a later one, and "
            f"keep {units.size(size)}"
        )
        yield structural(
            snapshot, own.node, CODE, TITLE, saving_bytes=size, evidence=[told], confidence=0.7,
            fix="when it has twice as many entries as there are keys: keep what is still true, and heapq.heapify",
            freed=Freed(roots=tuple(stale), entirely=True),
        )  # fmt: skip


def _superseded(snapshot: Snapshot, entries: Sequence[int], at: int) -> tuple[int, list[int]]:
    """(number of keys, the entries that are not the last of their key). at: where the key stands in an entry."""
    births, same = snapshot.nodes("address"), dict(snapshot.copies)
    last: dict[int, int] = {}
    stale: list[int] = []
    for entry in entries:
        parts = [each for each in snapshot.steps_from(entry) if each.kind == "index"]
        if snapshot.type_of(entry) not in _KINDS or at >= len(parts):
            continue
        key = same.get(parts[at].node, parts[at].node)
        if key in last:
            stale.append(min(entry, last[key], key=births.__getitem__))
            entry = max(entry, last[key], key=births.__getitem__)
        last[key] = entry
    return len(last), stale


def _key_asked_for(source: ProgramSource, own: Own) -> int | None:
    """Where in an entry the key stands that is looked up when it is taken out, and compared: then an entry may be no
    longer true. None where nothing tells that."""
    for place in own.uses.takes:
        call = source.above(place)
        if not isinstance(call, ast.Call) or last_name(call.func) not in _POPS:
            continue
        bound = source.above(call)
        if isinstance(bound, ast.Assign) and len(bound.targets) == 1:
            scope = source.scope_of(bound)
            for name in _keys_compared(scope):
                if (at := _position(bound.targets[0], name)) is not None:
                    return at
    return None


def _keys_compared(scope: ast.AST) -> Iterator[ast.expr]:
    """`k` of `table.get(k)` and `table[k]` that stand in comparisons, or are bound by `:=` there."""
    for test in (each for each in ast.walk(scope) if isinstance(each, ast.Compare)):
        for each in ast.walk(test):
            if isinstance(each, ast.Subscript):
                yield each.slice
            elif isinstance(each, ast.Call) and last_name(each.func) == "get" and each.args:
                yield each.args[0]


def _position(target: ast.expr, key: ast.expr) -> int | None:
    """Where a key stands in what was taken out: by its name in `when, key = ...`, or as `entry[1]`."""
    if isinstance(target, ast.Tuple) and isinstance(key, ast.Name):
        names = [getattr(each, "id", "") for each in target.elts]
        return names.index(key.id) if key.id in names else None
    if (
        isinstance(target, ast.Name) and isinstance(key, ast.Subscript) and isinstance(key.slice, ast.Constant)
        and getattr(key.value, "id", "") == target.id and isinstance(key.slice.value, int)
    ):  # fmt: skip
        return key.slice.value
    return None
