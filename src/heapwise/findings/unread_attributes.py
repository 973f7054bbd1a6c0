"""Attributes of instances that hold many bytes, and that the program's source never reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from heapwise import units
from heapwise.analyze.attribute_reads import attributes_read, shows_whole
from heapwise.analyze.frame_locals import bare
from heapwise.analyze.program_source import ProgramSource
from heapwise.analyze.statement import last_name
from heapwise.findings.own_classes import (
    class_names,
    fields_of,
    is_compared_whole,
    is_dataclass,
    is_own,
    own_names,
)
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites, sampled
from heapwise.findings.waste import holders_of, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW336"
TITLE = "records are kept whole, and a part is read"
ORMS = ("sqlalchemy.", "flask_sqlalchemy.", "django.db.models.", "peewee.")
"""Libraries whose classes are rows of a database, and load columns later where they are told to."""
_LEAST_RECORDS, _SAMPLE, _SHOWN, _LEAST_SHARE = 100, 2000, 4, 0.1
_LEAST_PART = 0.05
_VALUES = frozenset(("str", "bytes", "bytearray", "memoryview", "dict", "list"))
_COLUMNS = ("Column", "mapped_column")
_QUERIES = ("select", "query")
_INDEX = EDGE_KINDS.index("index")
_MEND = (
    "do not load what is not read: deferred=True on the column, or load_only()/defer() in the query"
)


def unread_attributes(snapshot: Snapshot, source: ProgramSource) -> Iterator[Finding]:
    """Of classes of the program alone, and of entities of ORMs; of these also what their rows hold while they are
    fetched."""
    if not source.is_known or source.reads_all:
        return
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    read = attributes_read(source)
    told = set()
    for row in snapshot.types:
        if row.objects_count < _LEAST_RECORDS or row.retained_bytes < least:
            continue
        found = _of_class(snapshot, source, row.type, read)
        if found is None:
            continue
        nodes, unread, is_entity = found
        if sum(unread.values()) >= least:
            told.add(row.type.rpartition(".")[2])
            held = list(_held(snapshot, nodes, unread))
            what = f"{len(nodes)} {row.type}", nodes[len(nodes) // 2], is_entity
            yield _finding(snapshot, what, unread, held)
    for name, row_nodes, unread, freed in _rows(snapshot, source):
        if name not in told and sum(unread.values()) >= least:
            what = f"{len(row_nodes)} rows of {name}", row_nodes[len(row_nodes) // 2], True
            yield _finding(snapshot, what, unread, freed)


def _of_class(
    snapshot: Snapshot, source: ProgramSource, kind: str, read: frozenset[str]
) -> tuple[Sequence[int], Mapping[str, float], bool] | None:
    """(instances, attribute that is never read -> what it takes in all of them, whether they are entities)."""
    number = snapshot.type_names.index(kind)
    if not is_own(snapshot, source, number, ORMS):
        return None
    classes = class_names(snapshot, number)
    is_entity = any(each.startswith(ORMS) for each in classes)
    own = own_names(source, classes)
    if is_entity:
        read = attributes_read(source, entities=source.classes)
    nodes = snapshot.of_type_exactly(kind)
    looked_at = sampled(nodes, _SAMPLE)
    scale = len(nodes) / len(looked_at)
    unread: dict[str, float] = {}
    names: set[str] = set()
    for node in looked_at:
        for name, size in fields_of(snapshot, node, _VALUES if is_entity else ()).items():
            names.add(str(name))
            if size and name not in read and name in source.stored:
                unread[str(name)] = unread.get(str(name), 0.0) + scale * size
    if not names & read or any(
        is_compared_whole(each) for name in own for each in source.classes[name]
    ):
        return None
    unread = _large(unread)
    made = any(is_dataclass(each) for name in own for each in source.classes[name])
    return None if made and shows_whole(source, names) else (nodes, unread, is_entity)


def _finding(
    snapshot: Snapshot, what: tuple[str, int, bool], unread: Mapping[str, float], freed: Sequence[int]
) -> Finding:  # fmt: skip
    """what: what they are, one of them, and whether they are rows of a database."""
    objects, node, is_entity = what
    most = sorted(unread, key=lambda name: -unread[name])[:_SHOWN]
    told = ", ".join(f"{name!r} ({units.size(round(unread[name]))})" for name in most)
    reader = "nothing that looks at more than one" if is_entity else "no file of the program"
    return structural(
        snapshot, node, CODE, TITLE, saving_bytes=round(sum(unread.values())), confidence=0.5,
        evidence=[f"of {objects} {reader} reads {told}"], subject=objects.partition(" ")[2],
        fix=_MEND if is_entity else "do not keep these attributes",
        freed=Freed(roots=freed, entirely=True),
    )  # fmt: skip


def _held(snapshot: Snapshot, nodes: Sequence[int], names: Mapping[str, float]) -> Iterator[int]:
    """What stands under some names, and nobody else keeps."""
    above = snapshot.nodes("dominator")
    for node in nodes:
        for holder in holders_of(snapshot, node):
            yield from (
                step.node for step in snapshot.steps_from(holder)
                if step.kind in ("attribute", "key") and step.name in names and above[step.node] == holder
            )  # fmt: skip


def _large(unread: Mapping[str, float]) -> dict[str, float]:
    """Those that are worth a word."""
    whole = sum(unread.values())
    return {name: size for name, size in unread.items() if size >= _LEAST_PART * whole}


def _rows(
    snapshot: Snapshot, source: ProgramSource
) -> Iterator[tuple[str, Sequence[int], Mapping[str, float], Sequence[int]]]:
    """(entity, rows, column that is never read -> bytes, what stands there) of rows that SQLAlchemy has fetched for one
    class."""
    columns = {
        name: found for name, nodes in source.classes.items()
        if len(nodes) == 1 and (found := _columns(source, nodes[0]))
    }  # fmt: skip
    if not columns or "sqlalchemy" not in snapshot.namespaces.values():
        return
    read = attributes_read(source, entities=source.classes)
    for function, length, rows in _fetched(snapshot):
        names = _asked_in(source, function) & columns.keys()
        if len(names) == 1 and len(columns[name := names.pop()]) == length:
            held = _unread(snapshot, rows, columns[name], read)
            sizes = snapshot.nodes("size_bytes")
            large = _large(
                {name: sum(sizes[each] for each in nodes) for name, nodes in held.items()}
            )
            yield name, rows, large, [node for each in large for node in held[each]]


def _fetched(snapshot: Snapshot) -> Iterator[tuple[str, int, Sequence[int]]]:
    """(function, length, tuples) of many tuples of one length that lists hold, by the line that they were made for."""
    parents, edges = snapshot.parents
    types, counts, sites = (snapshot.nodes(n) for n in ("type", "edges_count", "site"))
    kinds, lines = snapshot.edges("kind"), lines_of_sites(snapshot)
    groups: dict[tuple[int, int], list[int]] = {}
    lists = {row for row, name in enumerate(snapshot.type_names) if name == "list"}
    for node in snapshot.of_type_exactly("tuple"):
        line = lines.get(sites[node])
        if line is None or parents[node] == NO_NODE or kinds[edges[node]] != _INDEX:
            continue
        if types[parents[node]] in lists:
            groups.setdefault((line, counts[node]), []).append(node)
    for (_, length), rows in groups.items():
        at = snapshot.allocated_at(rows[0])
        if at is not None and len(rows) >= _LEAST_RECORDS:
            yield bare(at.function), length, rows


def _unread(
    snapshot: Snapshot, rows: Sequence[int], columns: Sequence[str], read: frozenset[str]
) -> dict[str, list[int]]:
    above, refcounts = snapshot.nodes("dominator"), snapshot.nodes("refcount")
    found: dict[str, list[int]] = {}
    for row in rows:
        for step in snapshot.steps_from(row):
            name = columns[int(step.name)] if step.kind == "index" else ""
            # The entity that is being made of a row holds its values, too.
            if name and name not in read and (above[step.node] == row or refcounts[step.node] <= 2):
                found.setdefault(name, []).append(step.node)
    return found


def _columns(source: ProgramSource, node: ast.ClassDef) -> list[str]:
    """The columns of a declarative class that are loaded with each row, in order; nothing where another class of the
    program gives it columns as well."""
    found = []
    for base in node.bases:
        for other in source.classes.get(last_name(base), ()):
            if other is not node and _columns(source, other):
                return []
    for each in node.body:
        if isinstance(each, ast.Assign) and len(each.targets) == 1:
            target, annotation = each.targets[0], ""
        elif isinstance(each, ast.AnnAssign):
            target, annotation = each.target, ast.unparse(each.annotation)
        else:
            continue
        call = each.value if isinstance(each.value, ast.Call) else None
        is_column = last_name(call.func) in _COLUMNS if call else annotation.startswith("Mapped[")
        later = call is not None and any(word.arg == "deferred" for word in call.keywords)
        if isinstance(target, ast.Name) and is_column and not later:
            found.append(target.id)
    return found


def _asked_in(source: ProgramSource, function: str) -> set[str]:
    """The names that queries of functions of a name are made of."""
    return {
        each.id
        for call in source.of(ast.Call) if last_name(call.func) in _QUERIES
        and getattr(source.scope_of(call), "name", "") == function
        for each in call.args if isinstance(each, ast.Name)
    }  # fmt: skip
