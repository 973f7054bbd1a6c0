"""Which containers hold the same, down to the last: trees that were built again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.analyze.remembered import remembered
from heapwise.model.graph import native_graph, u4, u8
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

_BUILT_IN = frozenset(
    ("dict", "list", "tuple", "set", "frozenset", "collections.OrderedDict", "collections.defaultdict")
)  # fmt: skip
_LEAF, _CONTAINER, _INSTANCE, _NUMBER = range(4)
_HELD = frozenset(("attribute", "key", "index", "int key", "item", "element", "local", "root"))
_MOST_SMALL_ITEMS = 64
"""A container that holds no others is a tree only when it holds more, numbers not counted."""
_LEAST_INSTANCE_BYTES = 4096
"""An instance is somebody: only what much hangs on is asked whether it is there twice."""
_LEAST_GROUP_BYTES = 512


class CopiedTree(NamedTuple):
    """A tree that could go, as kept holds the same. size_bytes: what it alone keeps, without copies named before."""

    root: int
    kept: int
    size_bytes: int


@remembered
def equal_nodes(snapshot: Snapshot) -> Sequence[int] | None:
    """Of each node the first that holds the same, down to its leaves; itself where none does. None of snapshots that
    were taken in place. Instances of classes are equal as containers are."""
    texts, numbers = snapshot.pairs("copies"), snapshot.pairs("equal_numbers")
    if not texts[0] and not numbers[0]:
        return None
    types, forms = snapshot.nodes("type"), _forms(snapshot)
    return u4(
        native_graph().trees_equal(
            *_graph(snapshot), snapshot.edges("name"), types, forms, texts, numbers
        )
    )


def _graph(snapshot: Snapshot) -> list[Sequence[int]]:
    """The columns that say what leads to what."""
    return [
        *(snapshot.nodes(name) for name in ("first_edge", "edges_count")),
        *(snapshot.edges(name) for name in ("target", "kind")),
    ]


def copied_trees(snapshot: Snapshot) -> Iterator[CopiedTree]:
    """Containers that are equal as wholes to another one which stays, those that save most first. Strings, bytes,
    numbers and arrays are equal by value, containers by what they hold, all else is equal to itself alone."""
    equal = equal_nodes(snapshot)
    if equal is None:
        return
    native, graph, forms = native_graph(), _graph(snapshot), _forms(snapshot)
    types, above, retained = (snapshot.nodes(n) for n in ("type", "dominator", "retained_bytes"))
    _, edges = snapshot.parents
    held = bytes(kind in _HELD for kind in EDGE_KINDS)
    roots = native.trees_roots(
        *graph, types, forms, edges, held, above, retained, _MOST_SMALL_ITEMS, _LEAST_INSTANCE_BYTES
    )
    nodes, kept, sizes = native.trees_copied(
        equal, roots, above, snapshot.nodes("size_bytes"), retained, _LEAST_GROUP_BYTES
    )
    yield from map(CopiedTree, u4(nodes), u4(kept), u8(sizes))


def _forms(snapshot: Snapshot) -> bytes:
    """What the objects of each type are; an `object()` is what it is alone."""
    known = snapshot.facts.get("only_references", {})
    forms = []
    for name, node in zip(snapshot.type_names, snapshot.type_nodes, strict=True):
        if name in ("int", "float"):
            forms.append(_NUMBER)
        elif node not in known or name == "object":
            forms.append(_LEAF)
        else:
            forms.append(_CONTAINER if name in _BUILT_IN else _INSTANCE)
    return bytes(forms)
