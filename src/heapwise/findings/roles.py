"""Objects by their role: what holds them, and under which name. What one line of source makes has one role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from heapwise.analyze.remembered import remembered
from heapwise.model.heap_tables import ATTRIBUTE, EDGE_KINDS, NO_NODE, TEXT_KINDS
from heapwise.model.snapshot import Snapshot

HELD = frozenset(
    EDGE_KINDS.index(kind) for kind in ("attribute", "key", "index", "int key", "item", "element")
)
"""Kinds of edges from an object to what the program has put into it."""
MOST_FIELDS = 64
"""A dict of more entries is a table: its keys are no names of fields."""
_SAMPLE = 200
_KEY_OBJECT, _INTERNAL = EDGE_KINDS.index("key object"), EDGE_KINDS.index("internal")


class Role(NamedTuple):
    """owner: the row of the type that holds it; a plain dict that is an instance's counts for the instance. name: of
    the attribute or key, as a number of the strings; -1 for items. kind: its own type."""

    owner: int
    name: int
    kind: str


_known: WeakKeyDictionary[Snapshot, dict[str, Mapping[Role, list[int]]]] = WeakKeyDictionary()
"""What several rules ask of a snapshot, by kind."""


def by_role(snapshot: Snapshot, kinds: Iterable[str]) -> dict[Role, list[int]]:
    """The objects of some types that others hold."""
    known = _known.setdefault(snapshot, {})
    found: dict[Role, list[int]] = {}
    for kind in kinds:
        if kind not in known:
            known[kind] = _by_role(snapshot, kind)
        found |= known[kind]
    return found


def _by_role(snapshot: Snapshot, kind: str) -> Mapping[Role, list[int]]:
    parents, edges = snapshot.parents
    types, counts = snapshot.nodes("type"), snapshot.nodes("edges_count")
    edge_kinds, names = snapshot.edges("kind"), snapshot.edges("name")
    is_own_dict, namespaces = own_dicts(snapshot), snapshot.namespaces
    found: dict[tuple[int, int], list[int]] = {}
    for node in snapshot.of_type_exactly(kind):
        above = parents[node]
        if above == NO_NODE or above in namespaces:
            continue
        edge = edge_kinds[edges[node]]
        if edge not in HELD:
            continue
        name = -1
        if edge in TEXT_KINDS:
            own = is_own_dict(above)
            # The keys of a record say what is under them; those of a large dict tell one entry from another.
            if edge == ATTRIBUTE or own or counts[above] <= MOST_FIELDS:
                name = names[edges[node]]
            above = parents[above] if own else above
        found.setdefault((types[above], name), []).append(node)
    return {Role(owner, name, kind): nodes for (owner, name), nodes in found.items()}


def own_dicts(snapshot: Snapshot) -> Callable[[int], bool]:
    """Whether a dict is an instance's `__dict__`."""
    parents, edges = snapshot.parents
    kinds, names = snapshot.edges("kind"), snapshot.edges("name")
    known: dict[int, bool] = {}

    def is_own(node: int) -> bool:
        edge = edges[node]
        if parents[node] == NO_NODE or kinds[edge] != _INTERNAL:
            return False
        name = names[edge]
        if name not in known:
            known[name] = snapshot.text(name) == "__dict__"
        return known[name]

    return is_own


def dicts_of_classes(snapshot: Snapshot) -> Callable[[int], bool]:
    """Whether a dict is the namespace of a class."""
    parents, _ = snapshot.parents
    is_own_dict = own_dicts(snapshot)
    classes = {*snapshot.type_nodes, *snapshot.of_type_exactly("type")}
    return lambda node: is_own_dict(node) and parents[node] in classes


@remembered
def lines_of_sites(snapshot: Snapshot) -> Mapping[int, int]:
    """Site -> the first site of the same line of the program: a line makes objects from many stacks."""
    stacks = snapshot.stacks
    first: dict[tuple[str, int], int] = {}
    found = {}
    for site, row in snapshot.site_rows.items():
        frame = stacks.user_frame(row)
        found[site] = first.setdefault((frame.file, frame.line), site)
    return found


def shown(snapshot: Snapshot, role: Role) -> str:
    """`.tags of app.Node`, `items of list`."""
    owner = snapshot.type_names[role.owner]
    return f".{snapshot.text(role.name)} of {owner}" if role.name >= 0 else f"items of {owner}"


def held_by(snapshot: Snapshot, node: int) -> list[int]:
    """What a container holds: items, elements, values of keys."""
    held = snapshot.edges_of(node)
    kinds, targets = snapshot.edges("kind")[held], snapshot.edges("target")[held]
    return [target for kind, target in zip(kinds, targets, strict=True) if kind in HELD]


def own_keys(snapshot: Snapshot, node: int) -> list[int]:
    """The keys of a dict that nobody else keeps."""
    above = snapshot.nodes("dominator")
    first, count = snapshot.nodes("first_edge")[node], snapshot.nodes("edges_count")[node]
    kinds, targets = snapshot.edges("kind"), snapshot.edges("target")
    return [
        targets[edge] for edge in range(first, first + count)
        if kinds[edge] == _KEY_OBJECT and above[targets[edge]] == node
    ]  # fmt: skip


def sampled(nodes: Sequence[int], most: int) -> Sequence[int]:
    """At most about so many of them, spread evenly."""
    return nodes[:: max(1, len(nodes) // most)]


def commonest(values: Iterable[frozenset[str]]) -> tuple[frozenset[str], float]:
    """(the value that is there most often, its share); an empty one where there is none."""
    counts = Counter(values)
    if not counts:
        return frozenset(), 0.0
    value, count = min(counts.items(), key=lambda pair: (-pair[1], sorted(pair[0])))
    return value, count / counts.total()


def containers_of(
    snapshot: Snapshot, kinds: Sequence[str], items: Collection[str], least_count: int
) -> Iterator[tuple[int, list[int]]]:
    """(container, what it holds of the types `items`) of containers of these kinds that hold so many things at least,
    and, by a sample, nothing else."""
    counts, types = snapshot.nodes("edges_count"), snapshot.nodes("type")
    first, targets = snapshot.nodes("first_edge"), snapshot.edges("target")
    wanted = {row for row, name in enumerate(snapshot.type_names) if name in items}
    for kind in kinds:
        for node in snapshot.of_type_exactly(kind):
            if counts[node] < least_count:
                continue
            held = targets[first[node] : first[node] + counts[node]]
            if all(types[each] in wanted for each in sampled(held, _SAMPLE)):
                yield node, [each for each in held if types[each] in wanted]
