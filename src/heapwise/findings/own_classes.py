"""Classes of a snapshot that the program's own source defines, and what their instances keep under which name."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from heapwise.analyze.frame_locals import module_of
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.roles import sampled
from heapwise.findings.waste import holders_of
from heapwise.model.heap_tables import NATIVE, NO_NODE
from heapwise.model.snapshot import Snapshot

_HELD = frozenset(("attribute", "key", "index", "int key"))
_PLAIN = ("object", "abc.ABC", "typing.Generic", "typing.Protocol", "builtins.object")
_CONTAINERS = frozenset((
    "dict", "list", "tuple", "set", "collections.defaultdict", "collections.OrderedDict", "collections.deque",
    "list_iterator", "tuple_iterator",
))  # fmt: skip
_SAMPLE, _DEEPEST = 20, 8
_known: WeakKeyDictionary[Snapshot, dict[int, Sequence[str]]] = WeakKeyDictionary()


def class_names(snapshot: Snapshot, row: int) -> Sequence[str]:
    """The names of the classes that a type is made of, itself first, by their modules."""
    known = _known.setdefault(snapshot, {})
    if row not in known:
        node = snapshot.type_nodes[row]
        order = [s.node for s in snapshot.steps_from(node) if s.name == "__mro__"] if node else []
        listed = [s.node for each in order for s in snapshot.steps_from(each)]
        known[row] = [snapshot.labels.get(each, "") for each in listed]
    return known[row]


def attributes_of_classes(snapshot: Snapshot, row: int) -> frozenset[str] | None:
    """The names that a type's classes define, as a snapshot tells; None where they answer to others, or that is not
    known."""
    node, found = snapshot.type_nodes[row], set[str]()
    order = [s.node for s in snapshot.steps_from(node) if s.name == "__mro__"] if node else []
    classes = [s.node for each in order for s in snapshot.steps_from(each)]
    for each in (each for each in classes if snapshot.labels.get(each) != "object"):
        names = [s.node for s in snapshot.steps_from(each) if s.name == "__dict__"]
        if not names:
            return None
        found |= {
            str(s.name) for held in names for s in snapshot.steps_from(held) if s.kind == "key"
        }
    answers = found & {"__getattr__", "__getattribute__"}
    return frozenset(found) if classes and not answers else None


def own_names(source: ProgramSource, classes: Sequence[str]) -> list[str]:
    """The last parts of those that the program defines, the most derived last."""
    names = [each.rpartition(".")[2] for each in classes]
    return [each for each in reversed(names) if each in source.classes]


def is_own(
    snapshot: Snapshot, source: ProgramSource, row: int, libraries: Sequence[str] = ()
) -> bool:
    """Whether the program alone says what instances of a type are for: all its classes are the program's, or of some
    libraries, by the beginnings of their names."""
    classes = class_names(snapshot, row)
    return bool(own_names(source, classes)) and all(
        each in _PLAIN or each.rpartition(".")[2] in source.classes or each.startswith(tuple(libraries))
        for each in classes
    )  # fmt: skip


def can_be_changed(snapshot: Snapshot, kind: str) -> bool:
    """Whether the source of a class may be the program's: where that is there, it defines one of the name, or the
    class was made as the program ran; else it is not the standard library's."""
    source = program_source(snapshot)
    if kind.startswith("__main__."):
        return True
    if not source.trees:
        return "." not in kind or kind.partition(".")[0] not in sys.stdlib_module_names
    return kind.rpartition(".")[2] in source.classes


def derives_from_library(snapshot: Snapshot, kind: str) -> bool:
    """Whether a class has a base that is neither the program's nor a plain one, where the source is there."""
    source = program_source(snapshot)
    bases = class_names(snapshot, snapshot.type_names.index(kind))[1:]
    return bool(source.trees) and any(
        each not in _PLAIN and each.rpartition(".")[2] not in source.classes for each in bases
    )


def is_of_library(snapshot: Snapshot, kind: str) -> bool:
    """Whether instances of a type are a library's, which says what they hold; builtin containers are anybody's."""
    return (
        "." in kind
        and not kind.startswith(("collections.", "builtins."))
        and not can_be_changed(snapshot, kind)
    )


def are_made_by_holders(snapshot: Snapshot, nodes: Sequence[int]) -> bool:
    """Whether containers are a library's own, and not the program's to change: an object of the library keeps them, or
    a running function of it has them in hand, with other containers between at most, and the library made them. So a
    graph of networkx keeps its edges."""

    def is_so(node: int) -> bool:
        kind, stack = _first_above(snapshot, node), snapshot.stack_of(node)
        package = kind.partition(".")[0]
        return (
            is_of_library(snapshot, kind) and bool(stack) and package in Path(stack[-1].file).parts
        )

    return bool(nodes) and all(map(is_so, sampled(nodes, _SAMPLE)))


def can_be_shared(snapshot: Snapshot, nodes: Sequence[int]) -> bool:
    """Whether equal objects may be one: the edges of a graph of networkx may not."""
    holders = {_first_above(snapshot, node).partition(".")[0] for node in sampled(nodes, _SAMPLE)}
    return holders != {"networkx"}


def are_native_work(snapshot: Snapshot, nodes: Sequence[int]) -> bool:
    """Whether a library made objects for its native code, which alone has them in hand."""
    own = snapshot.stacks.is_user_file

    def is_so(node: int) -> bool:
        stack = snapshot.stack_of(node)
        return _first_above(snapshot, node) == NATIVE and bool(stack) and not own(stack[-1].file)

    return bool(nodes) and all(map(is_so, sampled(nodes, _SAMPLE)))


def _first_above(snapshot: Snapshot, node: int) -> str:
    """The type of the first object on the way to the root that is no plain container, or the module of a running
    function; empty where that is far."""
    parents, _ = snapshot.parents
    for _ in range(_DEEPEST):
        node = parents[node]
        if node == NO_NODE:
            break
        if (kind := snapshot.type_of(node)) not in _CONTAINERS:
            return module_of(snapshot, node) if kind == "<frame>" else kind
    return ""


def fields_of(
    snapshot: Snapshot, node: int, kinds: Collection[str] = ()
) -> Mapping[str | int, int]:
    """Name of an attribute, key or index -> what goes with it; of some kinds of values alone where these are named."""
    above, retained = snapshot.nodes("dominator"), snapshot.nodes("retained_bytes")
    found: dict[str | int, int] = {}
    for holder in holders_of(snapshot, node):
        for step in snapshot.steps_from(holder):
            if step.kind in _HELD and (not kinds or snapshot.type_of(step.node) in kinds):
                own = retained[step.node] if above[step.node] == holder else 0
                found[step.name] = found.get(step.name, 0) + own
    return found


def is_dataclass(node: ast.ClassDef) -> bool:
    """Whether a class has methods that read all fields, which were made for it: a repr at least."""
    return any(
        last_name(each.func if isinstance(each, ast.Call) else each)
        in ("dataclass", "define", "frozen", "s", "attrs", "mutable", "total_ordering")
        for each in node.decorator_list
    )


def is_compared_whole(node: ast.ClassDef) -> bool:
    """Whether its instances are hashed or ordered by all their fields."""
    return any(
        last_name(each) == "frozen"
        or (
            isinstance(each, ast.Call)
            and any(word.arg in ("frozen", "order", "unsafe_hash") for word in each.keywords)
        )
        for each in node.decorator_list
    )
