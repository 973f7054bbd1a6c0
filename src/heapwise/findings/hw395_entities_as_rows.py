"""HW395: entities of an ORM are kept as rows.

An entity is there to be changed and written back: SQLAlchemy keeps for each a state with its key, its set of expired
names and weak references; Django a state as well, and both a dict of the columns. Rows that are only read need none of
it.

What to do: ask for the columns: `session.execute(select(User.id, User.name)).all()` of SQLAlchemy,
`User.objects.values_list("id", "name", named=True)` of Django. Costs: no methods or relations on rows. Clean: entities
that the program changes, deletes, or asks for what is no column; those that it has made itself.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence

from heapwise.analyze.made_by_calls import nodes_made_by
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.remembered import remembered
from heapwise.analyze.statement import last_name
from heapwise.findings.own_classes import class_names
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import block_bytes, holders_of, in_use, mean, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW395"
TITLE = "entities as rows"
_DJANGO, _STATES = "django.db.models.base.Model", ("_sa_instance_state", "_state")
_LOADS = ("_instance_processor.<locals>._instance", "Model.from_db")
_WRITES = frozenset((
    "save", "asave", "delete", "adelete", "merge", "refresh", "refresh_from_db", "bulk_update", "full_clean",
    "expire",
))  # fmt: skip
"""Calls that may be of an entity, to write it back or to read it again."""
_LEAST_COUNT, _SAMPLE = 1000, 500
_ROW_BYTES, _TUPLE_BYTES, _NAMED_BYTES, _SLOT_BYTES = 64, 40, 48, 8
"""SQLAlchemy's Row has a tuple of the values; Django's rows are tuples that have names, of one place more."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes of entities with many instances that were loaded, and that the program's files only read. What nothing
    keeps is on its way, and the work of its line."""
    least, source, above = worth_bytes(snapshot), program_source(snapshot), snapshot.parents[0]
    counts = {row.type: row.objects_count for row in snapshot.types}
    for row, name in enumerate(snapshot.type_names):
        own = name.rpartition(".")[2]
        if counts.get(name, 0) < _LEAST_COUNT or len(source.classes.get(own, ())) != 1:
            continue
        of_class = set(snapshot.of_type_exactly(name)) & _loaded(snapshot)
        nodes = [each for each in in_use(snapshot, sorted(of_class)) if above[each] != NO_NODE]
        looked_at = sampled(nodes, _SAMPLE)
        looks = [look for node in looked_at if (look := _look(snapshot, node)) is not None]
        if len(nodes) < _LEAST_COUNT or len(looks) < len(looked_at):
            continue
        columns = sorted(set().union(*(names for _, names in looks)))
        if not is_only_read(source, source.classes[own][0], columns):
            continue
        is_django = _DJANGO in class_names(snapshot, row)
        now = mean(size for size, _ in looks)
        slots = _SLOT_BYTES * len(columns)
        then = block_bytes((_NAMED_BYTES if is_django else _TUPLE_BYTES) + slots)
        then += 0 if is_django else _ROW_BYTES
        # While they are loaded, the session's map has each by its key.
        mapped = 0 if is_django else sys.getsizeof(dict.fromkeys(range(len(nodes))))
        saving = round((now - then) * len(nodes)) + mapped
        if saving >= least:
            yield structural(
                snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {name}", saving_bytes=saving, confidence=0.7,
                fix=_fix(own, columns, is_django), subject=name,
                evidence=[f"{len(nodes)} entities take {now:.0f} bytes each beside their values, {then} as rows"],
                freed=Freed(nodes=[part for node in nodes for part in holders_of(snapshot, node)]),
            )  # fmt: skip


@remembered
def _loaded(snapshot: Snapshot) -> frozenset[int]:
    """What was made while an entity was loaded."""
    return frozenset(nodes_made_by(snapshot, _LOADS))


def _look(snapshot: Snapshot, node: int) -> tuple[int, frozenset[str]] | None:
    """(what an entity takes beside its values, the names of its columns); None of one that has no state, or more than
    columns."""
    above, retained = snapshot.nodes("dominator"), snapshot.nodes("retained_bytes")
    has_state, names, taken = False, set(), retained[node]
    for holder in holders_of(snapshot, node):
        for step in snapshot.steps_from(holder):
            if step.kind not in ("attribute", "key"):
                continue
            if step.name in _STATES:
                has_state = True
                continue
            if snapshot.nodes("edges_count")[step.node] > 2:  # a collection, or another entity
                return None
            names.add(str(step.name))
            taken -= retained[step.node] if above[step.node] == holder else 0
    return (taken, frozenset(names)) if has_state and names else None


def is_only_read(source: ProgramSource, entity: ast.ClassDef, columns: Sequence[str]) -> bool:
    """Whether no file of the program gives a column of an entity's another value, writes one back, or asks for what its
    class has beside columns: methods, relations."""
    beside = {
        each.name for each in entity.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))
    }  # fmt: skip
    for each in entity.body:
        targets = each.targets if isinstance(each, ast.Assign) else [getattr(each, "target", None)]
        beside |= {target.id for target in targets if isinstance(target, ast.Name)}
    beside -= set(columns)
    for found in source.of(ast.Attribute):
        if isinstance(found.ctx, ast.Load) and found.attr in beside:
            return False
        if not isinstance(found.ctx, ast.Load) and found.attr in columns:
            return False
    calls = {last_name(each.func) for each in source.of(ast.Call)}
    return not calls & _WRITES and "setattr" not in calls


def _fix(name: str, columns: Sequence[str], is_django: bool) -> str:
    shown = columns[:4]
    if is_django:
        asked = ", ".join(repr(each) for each in shown)
        return f"{name}.objects.values_list({asked}, named=True): of the columns that are read"
    asked = ", ".join(f"{name}.{each}" for each in shown)
    return f"session.execute(select({asked})).all(): of the columns that are read"
