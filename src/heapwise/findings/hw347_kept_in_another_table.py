"""HW347: objects are taken out of one table and stay in another.

An object is put into two tables of its owner, under its number and under its user, say. When it goes, it is taken out
of the one alone: the second index keeps it, with all that it holds.

What to do: take it out of both where it goes, and the list of a key when that is empty; or hold it weakly in the
second (`weakref.WeakValueDictionary`, `weakref.WeakSet`). Clean: tables from which anything is taken out, or that the
program hands on; tables beside one that is as full.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.container_uses import Uses, uses_of
from heapwise.analyze.kept_at import Name
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.own_containers import Own, entries_of, own_containers
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW347"
TITLE = "objects taken out of one table stay in another"
_MOST_LEFT = 0.2
_TABLES = ("dict", "set", "list", "collections.OrderedDict", "collections.defaultdict")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Attributes that keep a good part of the heap, beside one of the same object from which things are taken out."""
    for own in own_containers(snapshot):
        uses = own.uses
        if (
            own.name.kind != "attribute"
            or uses.takes
            or uses.escapes
            or uses.hands
            or not uses.fills
        ):
            continue
        emptied = _emptied_beside(snapshot, own)
        if emptied is not None:
            size = snapshot.nodes("retained_bytes")[own.node]
            told = f"{own.name.text} keeps {units.size(size)}: what goes is taken out of {emptied} alone"
            yield structural(
                snapshot, own.node, CODE, TITLE, saving_bytes=size, confidence=0.7, evidence=[told],
                fix=f"take it out of {own.name.text} where it leaves {emptied}, or hold it weakly there",
                freed=Freed(roots=own.entries),
            )  # fmt: skip


def _emptied_beside(snapshot: Snapshot, own: Own) -> str | None:
    """Another table of the owner that the same function fills with the same, another empties, and is nearly empty."""
    source = program_source(snapshot)
    parents, _ = snapshot.parents
    for step in snapshot.steps_from(parents[own.node]):
        is_table = step.kind in ("attribute", "key") and snapshot.type_of(step.node) in _TABLES
        if not is_table or step.node == own.node:
            continue
        if len(entries_of(snapshot, step.node)) > _MOST_LEFT * len(own.entries):
            continue
        other = uses_of(source, Name(str(step.name), own.name.owner, "attribute", 0))
        if _is_index_of(source, own.uses, other):
            return str(step.name)
    return None


def _is_index_of(source: ProgramSource, kept: Uses, emptied: Uses) -> bool:
    """Whether one function puts the same into both, and another takes it out of the second."""
    filled_by = {source.scope_of(each) for each in kept.fills}
    both = [each for each in emptied.fills if source.scope_of(each) in filled_by]
    taken = any(source.scope_of(each) not in filled_by for each in emptied.takes)
    return taken and _put(source, both) & _put(source, kept.fills) != set()


def _put(source: ProgramSource, places: Sequence[ast.expr]) -> set[str]:
    """The names in statements that put something in, but for those of owners."""
    names = set()
    for place in places:
        node: ast.AST = place
        while not isinstance(node, ast.stmt) and (above := source.above(node)) is not None:
            node = above
        names |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names - {"self", "cls"}
