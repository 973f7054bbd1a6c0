"""Where do new bytes gather? Places in the heap, found as Eclipse MAT does: down the dominator tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from heapwise.analyze.growth import History, Newer
from heapwise.analyze.paths import expression
from heapwise.model.heap_tables import EDGE_KINDS, GARBAGE, NO_NODE, SYNTHETIC, Step
from heapwise.model.snapshot import Snapshot

_DESCEND_SHARE = 0.7
"""Down the dominator tree while the children account for this part."""
_PART_SHARE = 0.05
_LEAST_ALIKE = 3
_MOST_WALKED, MOST_OF_A_TYPE = 100_000, 5000
_CONTAINERS = frozenset(("dict", "list", "tuple", "set", "frozenset"))
_NAMED = frozenset(("attribute", "local", "internal"))
"""Edges by which an object leads to what is its own; by others it has items."""
_MOST_PARTS, _MOST_PASSED = 12, 60
_MOST_SPREAD = 500
"""Of a container whose items grow, so many of the largest are looked at."""
_SPREAD_SHARE = 0.5
_MOST_LINK_STEPS = 6
"""A link of a chain leads to the next one within so many steps."""


@dataclass(frozen=True, slots=True)
class Accumulation:
    """A place where new bytes gather. nodes: the place, or several alike ones (the lists of all users), the
    largest first. path: to the first. holder: the path as the program would write it. members: nodes with new
    bytes below, the largest of each type. alone: whether they alone keep them; else others have them, too."""

    nodes: Sequence[int]
    grown_bytes: int
    path: Sequence[Step]
    holder: str
    members: Sequence[int]
    alone: bool

    @property
    def node(self) -> int:
        """The largest of the nodes."""
        return self.nodes[0]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Where a descent ended. members: what counts for it (none: all that it dominates). origin: the container
    whose items were gone through to come here; NO_NODE: none."""

    node: int
    members: Sequence[int]
    origin: int


def accumulations(found: Newer, least_bytes: float) -> list[Accumulation]:
    """The places that gather at least so many new bytes; most first."""
    below = found.snapshot.sums_below(found.grown)
    leaves = list(_descend(found, below, least_bytes))
    made = [
        _accumulation(found, below, group) for group in _grouped(found, below, leaves, least_bytes)
    ]
    return sorted(made, key=lambda each: -each.grown_bytes)


def levels(history: History, place: Accumulation, since: int) -> list[int]:
    """Bytes in each snapshot: what the place retained, where it was there all the time; else what of its new
    objects was there already."""
    snapshots, matches = history.snapshots, history.matches
    if snapshots[-1].type_of(place.node) == GARBAGE:
        return [s.garbage_bytes for s in snapshots]
    if not place.alone or any(is_passage(snapshots[-1], node) for node in place.nodes):
        return [_alive_bytes(history, number, place, since) for number in range(len(snapshots))]
    places = [[match[node] for node in place.nodes] for match in matches]
    if places[since] == [NO_NODE]:
        places = [[located(snapshot, place.path)] for snapshot in snapshots]
        if places[since] == [NO_NODE]:
            return [_alive_bytes(history, number, place, since) for number in range(len(snapshots))]
    return [
        sum(snapshot.nodes("retained_bytes")[node] for node in nodes if node != NO_NODE)
        for snapshot, nodes in zip(snapshots, places, strict=True)
    ]


def contents(history: History, place: Accumulation, since: int) -> list[int]:
    """The same without the tables of the place itself: those grow in jumps."""
    own = [
        sum(snapshot.nodes("size_bytes")[node] for each in place.nodes if (node := match[each]) != NO_NODE)
        for snapshot, match in zip(history.snapshots, history.matches, strict=True)
    ]  # fmt: skip
    return [all_ - itself for all_, itself in zip(levels(history, place, since), own, strict=True)]


def _alive_bytes(history: History, number: int, place: Accumulation, since: int) -> int:
    match, sizes = history.matches[number], history.snapshots[number].nodes("size_bytes")
    first, before = history.matches[since], history.snapshots[since].nodes("size_bytes")
    total = 0
    for node in place.members:
        if match[node] != NO_NODE:
            total += sizes[match[node]] - (before[first[node]] if first[node] != NO_NODE else 0)
    return total


def _descend(found: Newer, below: Sequence[int], least: float) -> Iterator[_Leaf]:
    """Down while few children hold most of it, or many that were there before grow alike."""
    snapshot = found.snapshot
    waiting: list[tuple[int, float, int]] = [(0, least, NO_NODE)]
    while waiting:
        node, enough, origin = waiting.pop()
        children = [child for child in snapshot.children(node) if below[child]]
        if is_passage(snapshot, node):
            alike = _alike(found, children)
            single = [child for child in children if child not in alike]
            parts = _largest(below, single, enough, _MOST_PASSED)
            waiting += [(part, enough, origin) for part in parts]
            yield from _together(snapshot, below, set(children) - set(parts), enough)
            continue
        parts = (
            [] if _heads_chain(found, below, node) else _parts(found, below, node, children, enough)
        )
        if parts:
            waiting += [(part, enough, origin) for part in parts]
        elif below[node] >= enough:
            items = _growing_items(found, below, node, children)
            start = node if origin == NO_NODE else origin
            waiting += [(item, 1.0, start) for item in items]
            if not items:
                yield _Leaf(node, (), origin)


def _alike(found: Newer, children: Sequence[int]) -> set[int]:
    """Children that are new and of a type that many new ones have; passages are gone through one by one."""
    kinds = found.snapshot.nodes("type")
    groups: dict[int, set[int]] = {}
    for child in children:
        if _is_born(found, child) and not is_passage(found.snapshot, child):
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
        c for c in children if not (old and _is_born(found, c) and not _is_own(snapshot, node, c))
    ]
    parts = _largest(below, passable, max(least, _PART_SHARE * below[node]))
    if parts and below[parts[0]] >= _DESCEND_SHARE * below[node]:
        return parts[:1]
    named = [child for child in parts if _is_own(snapshot, node, child)]
    return named if sum(below[c] for c in named) >= _DESCEND_SHARE * below[node] else []


def _growing_items(
    found: Newer, below: Sequence[int], node: int, children: Sequence[int]
) -> list[int]:
    """Items that were there before, when it is they that have grown, not the container."""
    old = [child for child in children if not _is_born(found, child)]
    if len(old) < 2 or sum(below[child] for child in old) < _DESCEND_SHARE * below[node]:
        return []
    return _largest(below, old, 1.0, _MOST_SPREAD)


def _heads_chain(found: Newer, below: Sequence[int], node: int) -> bool:
    """Whether a new object leads to one of its type, and that to a further one: links of a list, exceptions
    with their contexts, a tree. All that is linked gathers at the first."""
    snapshot, kinds = found.snapshot, found.snapshot.nodes("type")
    if not _is_born(found, node) or snapshot.type_of(node) in _CONTAINERS:
        return False
    at, met = node, 0
    for _ in range(2 * _MOST_LINK_STEPS):
        at = max(snapshot.children(at), key=lambda child: below[child], default=NO_NODE)
        if at == NO_NODE or not _is_born(found, at):
            return False
        met += kinds[at] == kinds[node]
        if met == 2:
            return True
    return False


def _is_born(found: Newer, node: int) -> bool:
    return found.grown[node] == found.snapshot.nodes("size_bytes")[node]


def _is_own(snapshot: Snapshot, above: int, node: int) -> bool:
    """Whether an object has another one as an attribute or in a slot: not as an item, nor by way of others."""
    parents, edges = snapshot.parents
    return parents[node] == above and EDGE_KINDS[snapshot.edges("kind")[edges[node]]] in _NAMED


def is_passage(snapshot: Snapshot, node: int) -> bool:
    """Whether a node is no place where a program puts things: the root, modules, namespaces, frames."""
    name = snapshot.type_of(node)
    return name in SYNTHETIC or name == "module" or node in snapshot.namespaces


def _together(
    snapshot: Snapshot, below: Sequence[int], nodes: set[int], least: float
) -> Iterator[_Leaf]:
    """Objects that no single one keeps (two containers have them): by the one that a shortest path
    goes through."""
    parents, _ = snapshot.parents
    groups: dict[int, list[int]] = {}
    for node in nodes:
        if parents[node] != NO_NODE:
            groups.setdefault(parents[node], []).append(node)
    for holder, members in groups.items():
        if sum(below[node] for node in members) >= least:
            yield _Leaf(holder, members, NO_NODE)


def _grouped(
    found: Newer, below: Sequence[int], leaves: Iterable[_Leaf], least: float
) -> Iterator[list[_Leaf]]:
    """Leaves that belong together: of one container's items those that are alike, and passages of one name
    (frames of many threads). A container whose items grow in many ways stands for them itself."""
    snapshot = found.snapshot
    groups: dict[tuple[int, str, str], list[_Leaf]] = {}
    for leaf in leaves:
        name = str(leaf.node)
        if leaf.origin != NO_NODE or is_passage(snapshot, leaf.node):
            name = expression(snapshot, snapshot.path_to(leaf.node), masked=True)
        groups.setdefault((leaf.origin, name, snapshot.type_of(leaf.node)), []).append(leaf)
    kept: dict[int, int] = {}
    chosen = []
    for (origin, *_), group in groups.items():
        held = sum(_held(below, leaf) for leaf in group)
        if held >= least:
            kept[origin] = kept.get(origin, 0) + held
            chosen.append(group)
    scattered = {
        origin for origin, *_ in groups
        if origin != NO_NODE and kept.get(origin, 0) < _SPREAD_SHARE * below[origin]
    }  # fmt: skip
    imports = {step.node for step in snapshot.steps_from(0) if step.name == "sys.modules"}
    for group in chosen:
        if group[0].origin not in scattered and group[0].node not in imports:
            yield group
    yield from ([_Leaf(origin, (), NO_NODE)] for origin in sorted(scattered))


def _held(below: Sequence[int], leaf: _Leaf) -> int:
    return sum(below[each] for each in leaf.members) if leaf.members else below[leaf.node]


def _accumulation(found: Newer, below: Sequence[int], group: Sequence[_Leaf]) -> Accumulation:
    snapshot = found.snapshot
    leaves = sorted(group, key=lambda leaf: -_held(below, leaf))
    steps = snapshot.path_to(leaves[0].node)
    holder = expression(snapshot, steps, masked=len(leaves) > 1)
    starts = [start for leaf in leaves for start in (leaf.members or (leaf.node,))]
    return Accumulation(
        [leaf.node for leaf in leaves], sum(_held(below, leaf) for leaf in leaves), steps,
        holder or snapshot.type_of(leaves[0].node), _below(found, below, starts),
        not any(leaf.members for leaf in leaves),
    )  # fmt: skip


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
