"""HW153: classes are made again and again.

A class made inside a function (by `class`, `type()`, `namedtuple()`, `create_model()`, `dataclass`) is a new one
at each call: some kilobytes each, kept by a registry, by `__subclasses__`, by instances.

What to do: make it once, at module level, or memoise the factory by what the class depends on. Costs: nothing. Clean:
as many classes as there are kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Related
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW153"
TITLE = "classes are made again and again"
_MANY, _LEAST_NAMES = 50, 5
_LEAST_NEW = 5


def at(place: Place) -> Finding | None:
    """Class objects among what is new."""
    classes = set(place.snapshot.type_nodes)
    members = [node for node in place.suspect.members if node in classes]
    made = _of_one_line(place.snapshot, [n for n in members if not is_imported(place.snapshot, n)])
    if len(made) < _LEAST_NEW:
        return None
    held = sum(place.snapshot.nodes("retained_bytes")[node] for node in made)
    if held < 0.3 * place.suspect.grown_bytes:
        return None
    names = {place.snapshot.labels.get(node, "") for node in made}
    told = [f"{len(made)} classes are new, of {len(names)} names ({sorted(names)[0]} ...)"]
    return place.finding(
        CODE,
        TITLE,
        confidence=0.9,
        fix="make the class once, or memoise its factory",
        evidence=told,
    )


def is_imported(snapshot: Snapshot, node: int) -> bool:
    """Whether a class stands in its module under its own name: modules are imported once, however late."""
    parents, edges = snapshot.parents
    module = snapshot.namespaces.get(parents[node])
    name = snapshot.edge(edges[node]).name if module is not None else ""
    return module is not None and snapshot.labels.get(node, "") == f"{module}.{name}"


def _of_one_line(snapshot: Snapshot, classes: list[int]) -> list[int]:
    """Those that the line made that made most of them: a program's own classes are each made by another line, once.
    Where nothing was recorded, all."""
    lines: dict[tuple[str, int], list[int]] = {}
    for node in classes:
        at = snapshot.allocated_at(node)
        lines.setdefault((at.file, at.line) if at else ("", 0), []).append(node)
    return max(lines.values(), key=len, default=[])


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Many classes with the same attributes, which one factory made."""
    least = worth_bytes(snapshot)
    groups: dict[tuple[str, frozenset[str]], list[int]] = {}
    parents, _ = snapshot.parents
    for node in dict.fromkeys(snapshot.type_nodes):
        # What stands in a module, or in a library's own tables, was made once.
        above = parents[node] if node else NO_NODE
        once = (
            above == NO_NODE
            or above in snapshot.namespaces
            or snapshot.type_of(above).startswith("<")
        )
        if not once and (names := _attributes(snapshot, node)):
            groups.setdefault((snapshot.type_of(node), names), []).append(node)
    by_line: dict[tuple[str, int], list[list[int]]] = {}
    for nodes in groups.values():
        if len(nodes) >= _MANY:
            at = snapshot.allocated_at(nodes[-1])
            by_line.setdefault((at.file, at.line) if at else ("", nodes[-1]), []).append(nodes)
    # A call may make several: an array's class, and that of pointers to it.
    for alike in _joined(snapshot, list(by_line.values())):
        extra = [node for nodes in alike for node in nodes[1:]]
        saving = snapshot.retained_of(extra)
        if saving >= least:
            found = structural(
                snapshot, alike[0][-1], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                freed=Freed(roots=extra),
                fix="make the class once, or memoise its factory",
                evidence=[f"{len(nodes)} classes with the same attributes" for nodes in alike],
            )  # fmt: skip
            made = (snapshot.allocated_at(nodes[-1]) for nodes in alike[1:])
            beside = [Related("allocates", at.file, at.line, at.function) for at in made if at]
            yield replace(found, related=(*found.related, *dict.fromkeys(beside)))


def _joined(snapshot: Snapshot, found: list[list[list[int]]]) -> list[list[list[int]]]:
    """Groups of other lines whose classes refer to those of one, which they were made for, are counted with it."""
    group_of = {node: row for row, alike in enumerate(found) for nodes in alike for node in nodes}
    for row, alike in enumerate(found):
        for node in [nodes[len(nodes) // 2] for nodes in alike]:
            to = next((group_of[to] for to in _named_by(snapshot, node) if to in group_of), row)
            if to != row and found[to]:
                found[to] += alike
                found[row] = []
                group_of |= {each: to for nodes in alike for each in nodes}
                break
    return [alike for alike in found if alike]


def _named_by(snapshot: Snapshot, node: int) -> Iterator[int]:
    """What the attributes of a class lead to."""
    for step in snapshot.steps_from(node):
        if step.name == "__dict__":
            yield from (s.node for s in snapshot.steps_from(step.node) if s.kind == "key")


def _attributes(snapshot: Snapshot, node: int) -> frozenset[str]:
    """The names in a class's namespace; nothing of plain classes that have next to none of their own."""
    for step in snapshot.steps_from(node):
        if step.name == "__dict__":
            names = frozenset(
                str(s.name) for s in snapshot.steps_from(step.node) if s.kind == "key"
            )
            few = snapshot.type_of(node) == "type" and len(names) <= _LEAST_NAMES
            return frozenset() if few else names
    return frozenset()
