"""HW363: what all readers have read stays.

`news = self.events[self.offsets[reader]:]`: each reader remembers how far it has come, and nothing takes away what all
have read: the list keeps every event.

What to do: drop what lies before the least of the offsets (`del self.events[:least]`, and the offsets made smaller by
as much), or a queue for each reader. Costs: offsets must be told to the one who drops. Clean: lists that are cut off,
and those that are read otherwise as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.kept_at import FILLS, places_of
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.records import of_records
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW363"
TITLE = "what all readers have read stays in the list"
_LEAST_ENTRIES = 64


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists of the program that keep a good part of the heap, and are read from a place on that moves."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        is_list = snapshot.type_of(own.node) == "list" and own.name.kind == "attribute"
        if is_list and len(own.entries) >= _LEAST_ENTRIES and _is_read_on(source, own):
            told = f"{len(own.entries)} entries of {own.name.text}, which is read from a place on, and never cut off"
            yield of_records(
                snapshot, own.node, own.entries, CODE, TITLE, told=told,
                fix=f"del {own.name.text}[:least], where least is how far the slowest reader has come",
            )  # fmt: skip


def _is_read_on(source: ProgramSource, own: Own) -> bool:
    """Whether it only grows, is asked how long it is, and is read by `x[place:]`, whose place moves to its end."""
    places = places_of(source, own.name)
    kinds = [_kind(source, each) for each in places]
    return "" not in kinds and {"fills", "reads", "asks"} <= set(kinds)


def _kind(source: ProgramSource, place: ast.expr) -> str:
    """fills, reads, asks or begins; empty of others."""
    above = source.above(place)
    if isinstance(getattr(place, "ctx", None), ast.Store):
        return "begins" if getattr(source.scope_of(place), "name", "") == "__init__" else ""
    if isinstance(above, ast.Attribute) and above.attr in FILLS:
        return "fills"
    if isinstance(above, ast.Call) and last_name(above.func) in ("len", "bool"):
        return "asks"
    part = above.slice if isinstance(above, ast.Subscript) and above.value is place else None
    if isinstance(part, ast.Slice) and part.lower is not None and part.upper is part.step is None:
        moves = not isinstance(part.lower, (ast.Constant, ast.UnaryOp))
        return "reads" if moves and isinstance(above.ctx, ast.Load) else ""  # type: ignore[union-attr]
    return ""
