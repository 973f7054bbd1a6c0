"""HW347: objects are taken out of one table and stay in another.

An object is put into two tables of its owner, under its number and under its user, say. When it goes, it is taken out
of the one alone: the second index keeps it, with all that it holds. A queue by time keeps what its table has long let
go or replaced, until its hour comes.

What to do: take it out of both where it goes, and the list of a key when that is empty; or hold it weakly in the second
(`weakref.WeakValueDictionary`, `weakref.WeakSet`). Into a queue put the key and a number, not the object; or build it
anew when more than half of it is gone. Costs: each end must take it out of both. Clean: other tables from which
anything is taken out, or that the program hands on; tables beside one that is as full.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set

from heapwise import units
from heapwise.analyze.container_uses import Uses, takes_first, uses_of
from heapwise.analyze.kept_at import Name, own_name
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, entries_of, own_containers
from heapwise.findings.place import structural
from heapwise.findings.records import of_records, own_records
from heapwise.findings.roles import sampled
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW347"
TITLE = "objects taken out of one table stay in another"
_MOST_LEFT, _MOSTLY, _SAMPLE = 0.2, 0.8, 500
_FIRST = 8
"""So many edges of a table are looked at first: its entries stand among their keys."""
_TABLES = ("dict", "set", "list", "collections.OrderedDict", "collections.defaultdict")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Attributes that keep a good part of the heap, beside one of the same object from which things are taken out."""
    for own in own_containers(snapshot):
        uses = own.uses
        yield from _left_in_queue(snapshot, own)
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


def _left_in_queue(snapshot: Snapshot, own: Own) -> Iterator[Finding]:
    """Of a queue what is not in the table any more that has the rest of it, and that the program empties."""
    source = program_source(snapshot)
    if not takes_first(source, own.uses):
        return
    sample = own_records(snapshot, source, sampled(own.entries, _SAMPLE))
    above = snapshot.nodes("dominator")
    alone = sum(above[record] in (entry, own.node) or record == entry for entry, record in sample)
    if len(sample) < _MOSTLY * min(_SAMPLE, len(own.entries)) or alone < _MOSTLY * len(sample):
        return
    for table, name in _tables_of(snapshot, own, _types_of(snapshot, sample)):
        other = uses_of(source, name)
        if not other.takes or not _is_filled_with(source, own.uses, other):
            continue
        left = set(entries_of(snapshot, table))
        if len(left) > _MOST_LEFT * len(own.entries):
            continue
        entry_of = {record: entry for entry, record in own_records(snapshot, source, own.entries)}
        if sum(record in entry_of for record in left) < _MOSTLY * len(left):
            continue
        gone = [entry for record, entry in entry_of.items() if record not in left]
        told = f"{len(gone)} of {len(own.entries)} objects in {own.name.text} are not in {name.text} any more"
        yield of_records(
            snapshot, own.node, gone, CODE, TITLE, told=told,
            fix=f"put the key and a number into {own.name.text}, not the object; or build it anew at times",
        )  # fmt: skip
        return


def _types_of(snapshot: Snapshot, records: Sequence[tuple[int, int]]) -> Set[int]:
    """The types of the objects in some (entry, object)."""
    types = snapshot.nodes("type")
    return {types[record] for _, record in records}


def _is_filled_with(source: ProgramSource, queue: Uses, table: Uses) -> bool:
    """Whether a function that fills a table puts the same into the queue, itself or by a function that it calls, and
    makes it: what comes out of the queue and goes in again is under way."""
    fill_scopes = {source.scope_of(each) for each in queue.fills}
    pushes = {scope.name for scope in fill_scopes if isinstance(scope, FUNCTIONS)}
    pushes |= _other_names(source, pushes)
    for place in table.fills:
        scope = source.scope_of(place)
        put = _put(source, [place]) & _made_in(source, scope)
        if scope in fill_scopes and put & _put(source, queue.fills):
            return True
        calls = (each for each in ast.walk(scope) if isinstance(each, ast.Call))
        for call in calls:
            given = {each.id for each in call.args if isinstance(each, ast.Name)}
            if last_name(call.func) in pushes and given & put:
                return True
    return False


def _made_in(source: ProgramSource, scope: ast.AST) -> set[str]:
    """The names that a function gives to new objects of the program's classes."""
    return {
        target.id for each in ast.walk(scope)
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call)
        and last_name(each.value.func) in source.classes
        for target in each.targets if isinstance(target, ast.Name)
    }  # fmt: skip


def _other_names(source: ProgramSource, functions: Set[str]) -> set[str]:
    """Names that the program gives to functions: `self.push = self.queue.push`."""
    found = set()
    for bound in source.of(ast.Assign):
        if any(last_name(each) in functions for each in _bound_to(bound.value)):
            found |= {last_name(target) for target in bound.targets}
    return found - {""}


def _bound_to(value: ast.expr) -> list[ast.expr]:
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def _tables_of(snapshot: Snapshot, own: Own, wanted: Set[int]) -> Iterator[tuple[int, Name]]:
    """(table, name of the program that leads to it) of tables whose entries are of some types."""
    counts, first = snapshot.nodes("edges_count"), snapshot.nodes("first_edge")
    types, targets = snapshot.nodes("type"), snapshot.edges("target")
    for kind in _TABLES:
        for node in snapshot.of_type_exactly(kind):
            edges = targets[first[node] : first[node] + min(counts[node], _FIRST)]
            if node == own.node or all(types[each] not in wanted for each in edges):
                continue
            name = None if node in snapshot.namespaces else own_name(snapshot, node)
            if name is not None:
                yield node, name


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
