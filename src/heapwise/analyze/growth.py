"""What is new between snapshots of one process, and where does it gather?"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from heapwise.model.graph import native_graph, u4
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE, SYNTHETIC, Step
from heapwise.model.snapshot import Snapshot

_DESCEND_SHARE = 0.7
"""As Eclipse MAT does: down the dominator tree while the children account for this part."""
_PART_SHARE = 0.05
_LEAST_ALIKE = 3
_MOST_WALKED, MOST_OF_A_TYPE = 100_000, 5000
_CONTAINERS = frozenset(("dict", "list", "tuple", "set", "frozenset"))
_NAMED = frozenset(("attribute", "local", "internal"))
"""Edges by which an object leads to what is its own; by others it has items."""
_MOST_PARTS, _MOST_PASSED = 12, 60


@dataclass(frozen=True)
class Newer:
    """What one snapshot has more than another. grown: new bytes of each node. total: their sum."""

    snapshot: Snapshot
    grown: Sequence[int]
    total: int

    def born(self) -> list[int]:
        """The objects all of whose bytes are new."""
        sizes, kinds = self.snapshot.nodes("size_bytes"), self.snapshot.nodes("type")
        return [
            node for node, grown in enumerate(self.grown)
            if grown and grown == sizes[node] and kinds[node] >= len(SYNTHETIC)
        ]  # fmt: skip


class History:
    """Snapshots of one process in order of time, and which object of an earlier one each object of the last is.

    By births where a recorder ran and no more than 1023 snapshots lie between two that are at hand; else
    by address and type, where what took the place of something dead of its type counts as the same.
    """

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        self.snapshots = snapshots
        native = native_graph()
        self._matches: list[Sequence[int]] = [array("I", range(len(snapshots[-1])))]
        self._by_birth = [True]
        for later, earlier in pairwise(snapshots[::-1]):
            match = u4(native.mapped(self._matches[0], later.matched(earlier)))
            self._matches.insert(0, match)
            self._by_birth.insert(0, self._by_birth[0] and later.knows_births_since(earlier))

    def newer(self, since: int = 0) -> Newer:
        """New bytes of each object of the last snapshot: all of what was born since another one (its number),
        and what others have grown by."""
        before, after, match = self.snapshots[since], self.snapshots[-1], self._matches[since]
        sizes = after.nodes("size_bytes"), before.nodes("size_bytes")
        column = array("Q", bytes(native_graph().grown_bytes(sizes[0], match, sizes[1])))
        column[0] = 0
        for node in _imported(after, match):
            column[node] = 0
        return Newer(after, column, sum(column))

    def how_matched(self, since: int = 0) -> str:
        """How objects of the last snapshot and of another one were told to be the same, in a sentence."""
        if self._by_birth[since]:
            return "Recorded objects are matched by their birth, others by address and type."
        return (
            "Objects are matched by address and type: one that took the place of a dead one of its type "
            "counts as the same."
        )

    def levels(self, place: Accumulation, since: int) -> list[int]:
        """Bytes in each snapshot: what the place retained, where it was there all the time; else what of
        its new objects was there already."""
        if place.alone and not is_passage(self.snapshots[-1], place.node):
            nodes = [match[place.node] for match in self._matches]
            if nodes[since] == NO_NODE:
                nodes = [located(snapshot, place.path) for snapshot in self.snapshots]
            if nodes[since] != NO_NODE:
                return [
                    0 if node == NO_NODE else snapshot.nodes("retained_bytes")[node]
                    for snapshot, node in zip(self.snapshots, nodes, strict=True)
                ]
        return [self._alive_bytes(number, place, since) for number in range(len(self.snapshots))]

    def _alive_bytes(self, number: int, place: Accumulation, since: int) -> int:
        match, sizes = self._matches[number], self.snapshots[number].nodes("size_bytes")
        first, before = self._matches[since], self.snapshots[since].nodes("size_bytes")
        total = 0
        for node in place.members:
            if match[node] != NO_NODE:
                total += sizes[match[node]] - (before[first[node]] if first[node] != NO_NODE else 0)
        return total


def allocated_by_imports(snapshot: Snapshot) -> list[int]:
    """The nodes that were allocated while a module was being imported."""
    stacks = snapshot.stacks
    marks = bytearray(max(stacks.site_ids, default=0) + 1)
    for site, imports in zip(stacks.site_ids, stacks.site_imports, strict=True):
        marks[site] = imports
    return list(u4(native_graph().nodes_with(snapshot.nodes("site"), bytes(marks))))


def _imported(after: Snapshot, match: Sequence[int]) -> list[int]:
    """What came by imports, which happen once: what was allocated during one, and what new modules keep."""
    found = allocated_by_imports(after)
    waiting = [node for node in after.of_type_exactly("module") if match[node] == NO_NODE]
    named = set(waiting)
    waiting += [node for node in after.namespaces if match[node] == NO_NODE]
    main = {n for n in named if after.labels.get(n) == "__main__"}
    waiting = [
        node for node in waiting if node not in main and after.namespaces.get(node) != "__main__"
    ]
    for node in waiting:
        found.append(node)
        waiting += after.children(node)
    modules = {step.node for step in after.steps_from(0) if step.name == "sys.modules"}
    return [*found, *modules]


@dataclass(frozen=True, slots=True)
class Accumulation:
    """A place where new bytes gather: `path` leads to it. members: nodes with new bytes below it, the largest
    of each type. alone: whether it alone keeps them; else others have them, too."""

    node: int
    grown_bytes: int
    path: Sequence[Step]
    members: Sequence[int]
    alone: bool


def accumulations(found: Newer, least_bytes: float) -> list[Accumulation]:
    """The places that gather at least so many new bytes; most first."""
    snapshot = found.snapshot
    below = snapshot.sums_below(found.grown)
    places = list(_descend(found, below, least_bytes))
    made = [_accumulation(found, below, node, members) for node, members in places]
    return sorted(made, key=lambda each: -each.grown_bytes)


def _descend(
    found: Newer, below: Sequence[int], least: float
) -> Iterator[tuple[int, Sequence[int]]]:
    """(place, the children that count for it; none: all). Down while few children hold most of it."""
    snapshot = found.snapshot
    waiting = [0]
    while waiting:
        node = waiting.pop()
        children = [child for child in snapshot.children(node) if below[child]]
        if is_passage(snapshot, node):
            alike = _alike(found, children)
            single = [child for child in children if child not in alike]
            parts = _largest(below, single, least, _MOST_PASSED)
            waiting += parts
            yield from _together(snapshot, below, set(children) - set(parts), least)
            continue
        parts = _parts(found, below, node, children, least)
        if parts:
            waiting += parts
        elif below[node] >= least:
            yield node, ()


def _alike(found: Newer, children: Sequence[int]) -> set[int]:
    """Children that are new and of a type that many new ones have."""
    kinds = found.snapshot.nodes("type")
    groups: dict[int, set[int]] = {}
    for child in children:
        if _is_born(found, child):
            groups.setdefault(kinds[child], set()).add(child)
    return {child for group in groups.values() if len(group) >= _LEAST_ALIKE for child in group}


def _largest(
    below: Sequence[int], children: Sequence[int], least: float, most: int = _MOST_PARTS
) -> list[int]:
    return sorted((c for c in children if below[c] >= least), key=lambda c: -below[c])[:most]


def _parts(
    found: Newer, below: Sequence[int], node: int, children: Sequence[int], least: float
) -> list[int]:
    """The children to go on with: one that holds most of it, or several attributes that do; none when the
    place has been reached. What an old object has got new has gathered in the old one."""
    snapshot = found.snapshot
    old = found.grown[node] < snapshot.nodes("size_bytes")[node]
    passable = [
        c for c in children if not (old and _is_born(found, c) and _is_item(snapshot, node, c))
    ]
    parts = _largest(below, passable, max(least, _PART_SHARE * below[node]))
    if parts and below[parts[0]] >= _DESCEND_SHARE * below[node]:
        return parts[:1]
    named = [child for child in parts if not _is_item(snapshot, node, child)]
    return named if sum(below[c] for c in named) >= _DESCEND_SHARE * below[node] else []


def _is_born(found: Newer, node: int) -> bool:
    return found.grown[node] == found.snapshot.nodes("size_bytes")[node]


def _is_item(snapshot: Snapshot, above: int, node: int) -> bool:
    """Whether a container has a node as an item, not as an attribute or a slot."""
    parents, edges = snapshot.parents
    if parents[node] != above:
        return False
    return EDGE_KINDS[snapshot.edges("kind")[edges[node]]] not in _NAMED


def is_passage(snapshot: Snapshot, node: int) -> bool:
    """Whether a node is no place where a program puts things: the root, modules, namespaces, frames."""
    name = snapshot.type_of(node)
    return name in SYNTHETIC or name == "module" or node in snapshot.namespaces


def _together(
    snapshot: Snapshot, below: Sequence[int], nodes: set[int], least: float
) -> Iterator[tuple[int, Sequence[int]]]:
    """Objects that no single one keeps (two containers have them): by the one that a shortest path
    goes through."""
    parents, _ = snapshot.parents
    groups: dict[int, list[int]] = {}
    for node in nodes:
        if parents[node] != NO_NODE:
            groups.setdefault(parents[node], []).append(node)
    for holder, members in groups.items():
        if sum(below[node] for node in members) >= least:
            yield holder, members


def _accumulation(
    found: Newer, below: Sequence[int], node: int, members: Sequence[int]
) -> Accumulation:
    snapshot = found.snapshot
    node = node if members else _top_of_chain(snapshot, node)
    steps = snapshot.path_to(node)
    size = sum(below[each] for each in members) if members else below[node]
    inner = _below(found, below, members or [node])
    return Accumulation(node, size, steps, inner, not members)


def _top_of_chain(snapshot: Snapshot, node: int) -> int:
    """Of a linked list the first link."""
    above, kinds = snapshot.nodes("dominator"), snapshot.nodes("type")
    if snapshot.type_of(node) in _CONTAINERS:
        return node
    while above[node] != NO_NODE and kinds[above[node]] == kinds[node]:
        node = above[node]
    return node


def _below(found: Newer, below: Sequence[int], starts: Sequence[int]) -> list[int]:
    """Nodes with new bytes that these dominate, the largest of each type; the largest first."""
    snapshot, grown = found.snapshot, found.grown
    kinds = snapshot.nodes("type")
    waiting, by_type = list(starts), dict[int, list[int]]()
    for node in waiting:
        if grown[node]:
            by_type.setdefault(kinds[node], []).append(node)
        if len(waiting) < _MOST_WALKED:
            waiting += [child for child in snapshot.children(node) if below[child]]
    kept = []
    for nodes in by_type.values():
        kept += sorted(nodes, key=lambda node: -grown[node])[:MOST_OF_A_TYPE]
    return sorted(kept, key=lambda node: -grown[node])


def located(snapshot: Snapshot, path: Sequence[Step]) -> int:
    """The node that the same names lead to in another snapshot; NO_NODE when they lead nowhere."""
    node = 0
    for step in path:
        node = next(
            (each.node for each in snapshot.steps_from(node)
             if each.kind == step.kind and each.name == step.name),
            NO_NODE,
        )  # fmt: skip
        if node == NO_NODE:
            return NO_NODE
    return node
