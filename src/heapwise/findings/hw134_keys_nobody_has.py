"""HW134: entries of a dict whose keys nobody else has.

A dict that is keyed by objects, to remember something of each, keeps the objects. When it alone still has them, nobody
can ask for their entries any more: as where a descriptor stores the values of all instances by instance.

What to do: `weakref.WeakKeyDictionary()`, or store the value on the object itself. Costs: nothing. Clean: dicts that
the program goes through; keys with an equality of their own, which others can make again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.kept_at import own_name
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW134"
TITLE = "a dict keeps keys that nobody else has"
FIX = "weakref.WeakKeyDictionary(), or store the value on the object itself"
_LEAST_ENTRIES, _LEAST_PART, _LEAST_SHARE = 20, 0.8, 0.05
_EQUALITY = frozenset(("__eq__", "__hash__"))
_PLAIN = ("object", "builtins.object")
_LOOKS_UP = (
    "get",
    "pop",
    "setdefault",
    "__contains__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
)


def at(place: Place) -> Finding | None:
    """Such a dict, or one on the path."""
    for node in (place.suspect.node, place.on_path("dict")):
        left = _left(place.snapshot, node) if node is not None else []
        if left:
            told = [
                f"{len(left)} keys are kept by this dict alone, and it is asked for single keys only"
            ]
            return place.finding(
                CODE, TITLE, nature=Nature.FAULT, confidence=0.9, fix=FIX, evidence=told
            )
    return None


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """All dicts that hold a good part of the heap."""
    retained = snapshot.nodes("retained_bytes")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for node in snapshot.of_type_exactly("dict"):
        if retained[node] >= least and (left := _left(snapshot, node)):
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=retained[node], fix=FIX, confidence=0.8,
                evidence=[f"{len(left)} keys are kept by this dict alone, and it is asked for single keys only"],
                freed=Freed(roots=(node,), entirely=True),
            )  # fmt: skip


def _left(snapshot: Snapshot, mapping: int) -> list[int]:
    """The keys that nobody can have; empty where those are few, or the program may go through the dict."""
    if mapping in snapshot.namespaces or not snapshot.has_steps(mapping, "key object"):
        return []
    keys = [step.node for step in snapshot.steps_from(mapping) if step.kind == "key object"]
    if len(keys) < _LEAST_ENTRIES:
        return []
    above = snapshot.nodes("dominator")
    types = snapshot.nodes("type")
    alone = [key for key in keys if above[key] == mapping]
    plain = {
        row for row in {types[key] for key in alone} if _is_equal_to_itself_alone(snapshot, row)
    }
    left = [key for key in alone if types[key] in plain]
    if len(left) < max(_LEAST_ENTRIES, _LEAST_PART * len(keys)):
        return []
    name = own_name(snapshot, mapping)
    is_asked = name is not None and _is_asked_by_key(program_source(snapshot), name.text)
    return left if is_asked else []


def _is_equal_to_itself_alone(snapshot: Snapshot, row: int) -> bool:
    """Whether objects of a type, which is written in Python, have no equality of their own."""
    node = snapshot.type_nodes[row]
    order = (
        [step.node for step in snapshot.steps_from(node) if step.name == "__mro__"] if node else []
    )
    classes = [step.node for each in order for step in snapshot.steps_from(each)]
    own = [each for each in classes if snapshot.labels.get(each, "") not in _PLAIN]
    spaces = [
        step.node for each in own for step in snapshot.steps_from(each)
        if step.kind == "internal" and step.name == "__dict__"
    ]  # fmt: skip
    if not own or len(spaces) != len(own) or "." not in snapshot.type_names[row]:
        return False
    names = {
        step.name for each in spaces for step in snapshot.steps_from(each) if step.kind == "key"
    }
    return not names & _EQUALITY


def _is_asked_by_key(source: ProgramSource, name: str) -> bool:
    """Whether what bears the name is asked for single entries, and nothing else."""
    places: list[ast.expr] = [each for each in source.of(ast.Attribute) if each.attr == name]
    places += [each for each in source.of(ast.Name) if each.id == name]
    reads = [each for each in places if isinstance(each.ctx, ast.Load)]  # type: ignore[attr-defined]
    return source.is_known and bool(reads) and all(_asks_by_key(source, each) for each in reads)


def _asks_by_key(source: ProgramSource, node: ast.expr) -> bool:
    above = source.above(node)
    if isinstance(above, ast.Subscript):
        return above.value is node
    if isinstance(above, ast.Attribute):
        return above.attr in _LOOKS_UP and isinstance(source.above(above), ast.Call)
    if isinstance(above, ast.Compare):
        return above.left is not node and isinstance(above.ops[0], (ast.In, ast.NotIn))
    return isinstance(above, ast.Call) and last_name(above.func) in ("len", "bool")
