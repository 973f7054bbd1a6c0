"""HW389: each instance has functions of its own.

`self.check = lambda x: x is not None` in `__init__` makes a function for every instance: 160 bytes, with a closure and
its cells 250 and more, and the place in the instance. `self.handlers = {"move": self.on_move}` makes a bound method of
64 bytes for each entry, a dict, and a cycle.

What to do: a method of the class, or a function of the module: one for all; what it needs of the instance it finds by
`self`. A table of functions stands in the class: `HANDLERS[command](self)`. Costs: nothing. Clean: functions that
instances share, that are given to them, and a few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.own_classes import can_be_changed
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW389"
TITLE = "each instance has functions of its own"
_MANY = 1000
_OWN = ("__closure__", "__defaults__", "__kwdefaults__", "__annotations__", "__dict__")
_TABLES = ("dict", "tuple")
"""Lists are added to."""
_NO_INSTANCES = ("tuple", "list", "set", "dict", "cell", "function")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Functions under attributes of the instances of a class, those of one class together, and bound methods that an
    instance keeps of itself."""
    yield from _of_functions(snapshot)
    yield from _of_methods(snapshot)


def _of_functions(snapshot: Snapshot) -> Iterator[Finding]:
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    owners: dict[int, list[list[int]]] = {}
    for role, nodes in by_role(snapshot, ("function",)).items():
        kind = snapshot.type_names[role.owner]
        if len(nodes) < _MANY or role.name < 0 or kind in _NO_INSTANCES:
            continue
        made_at = {lines.get(sites[node], -1) for node in nodes}
        if len(made_at) == 1 and _is_of_own_methods(snapshot, kind, nodes[0]):
            owners.setdefault(role.owner, []).append(nodes)
    for owner, groups in owners.items():
        functions = [node for nodes in groups for node in nodes]
        kind = snapshot.type_names[owner]
        freed = _freed(snapshot, functions)
        saving = sum(snapshot.nodes("size_bytes")[node] for node in freed)
        if saving >= worth_bytes(snapshot) and can_be_changed(snapshot, kind):
            yield structural(
                snapshot, groups[0][len(groups[0]) // 2], CODE, f"{TITLE}: {kind}", saving_bytes=saving,
                confidence=0.85, fix="methods of the class, or functions of the module: one for all instances",
                evidence=[f"{len(functions)} functions in instances of {kind}, in {len(groups)} attributes, take "
                          f"{saving} bytes with their closures"],
                subject=kind, freed=Freed(nodes=freed),
            )  # fmt: skip


def _of_methods(snapshot: Snapshot) -> Iterator[Finding]:
    """Bound methods in tables of their own instances, with these, where they hold nothing else."""
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    for row, own in _own_tables(snapshot).items():
        kind = snapshot.type_names[row]
        tables = [
            table for table, held in own.items() if counts[table] <= 2 * len(held)
        ]  # its keys
        methods = [node for table in tables for node in own[table]]
        saving = sum(sizes[node] for node in (*methods, *tables))
        if (
            len(methods) < _MANY
            or saving < worth_bytes(snapshot)
            or not can_be_changed(snapshot, kind)
        ):
            continue
        told = f"{len(methods)} bound methods, in {len(tables)} tables, refer back to their own instances of {kind}"
        yield structural(
            snapshot, tables[len(tables) // 2], CODE, f"{TITLE}: {kind}", saving_bytes=saving, confidence=0.85,
            fix="a table of the functions in the class: HANDLERS[name](self)", evidence=[told], subject=kind,
            freed=Freed(nodes=[*methods, *tables]),
        )  # fmt: skip


def _own_tables(snapshot: Snapshot) -> dict[int, dict[int, list[int]]]:
    """Type of instances -> tables in their attributes -> the methods in them that are bound to the instance."""
    parents, kinds = snapshot.parents[0], snapshot.nodes("type")
    found: dict[int, dict[int, list[int]]] = {}
    for node in _methods(snapshot):
        table = parents[node]
        if table == NO_NODE or snapshot.type_of(table) not in _TABLES:
            continue
        bound_to = next(
            (s.node for s in snapshot.steps_from(node) if s.name == "__self__"), NO_NODE
        )
        if parents[table] == bound_to != NO_NODE:
            found.setdefault(kinds[bound_to], {}).setdefault(table, []).append(node)
    return found


def _methods(snapshot: Snapshot) -> Sequence[int]:
    """Bound methods, where there are many."""
    found = snapshot.of_type_exactly("method")
    return found if len(found) >= _MANY else ()


def _is_of_own_methods(snapshot: Snapshot, kind: str, function: int) -> bool:
    """Whether a method of the class made it, and nobody who gave it to an instance; so where that is not known."""
    at = snapshot.allocated_at(function)
    return at is None or f"{kind.rpartition('.')[2]}." in at.function


def _freed(snapshot: Snapshot, functions: Sequence[int]) -> list[int]:
    """Functions, and what stands in them that is nobody else's: what cells hold is the program's."""
    above = snapshot.nodes("dominator")
    freed = list(functions)
    for function in functions:
        for step in snapshot.steps_from(function):
            if step.name in _OWN and above[step.node] == function:
                freed.append(step.node)
                cells = snapshot.steps_from(step.node) if step.name == "__closure__" else ()
                freed += [each.node for each in cells if above[each.node] == step.node]
    return freed
