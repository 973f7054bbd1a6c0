"""Who dominates whom? The dominator tree with alike siblings merged, and its reverse for one type.

A row is a group of objects that stand in the same place: `.tags: list × 1 000`. Its bytes are what they
retain; its own bytes what no row below it accounts for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from heapwise import units
from heapwise.model.graph import native_graph, u8
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE, SYNTHETIC, TEXT_KINDS, Step
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

_LEAST_PART = 2_000
"""Groups that retain less than this part of the whole are merged into their parents."""
_SAME_FOR_ALL = TEXT_KINDS - {EDGE_KINDS.index("key")}
"""Kinds of edges whose names tell roles apart; keys and indices only tell alike objects apart."""
_MOST_ROWS = 5_000
_MOST_LEVELS = 5
_MOST_BESIDE = 4
_TYPES_SHOWN = 12


@dataclass
class HeapTree:
    """Parents come before children; row 0 is the whole. example: one node of each row's group."""

    parent: list[int] = field(default_factory=lambda: [0])
    name: list[str] = field(default_factory=lambda: ["the heap"])
    count: list[int] = field(default_factory=lambda: [1])
    retained_bytes: list[int] = field(default_factory=lambda: [0])
    example: list[int] = field(default_factory=lambda: [0])

    def add(self, parent: int, name: str, count: int, size: int, example: int) -> int:
        """A row more; its number."""
        self.parent.append(parent)
        self.name.append(name)
        self.count.append(count)
        self.retained_bytes.append(size)
        self.example.append(example)
        return len(self.parent) - 1

    def __len__(self) -> int:
        return len(self.parent)

    def own_bytes(self) -> list[int]:
        """What each row retains beyond the rows below it."""
        own = list(self.retained_bytes)
        for row in range(1, len(self)):
            own[self.parent[row]] -= self.retained_bytes[row]
        return own

    def depths(self) -> list[int]:
        """How deep each row stands."""
        found = [0]
        for row in range(1, len(self)):
            found.append(found[self.parent[row]] + 1)
        return found


def dominator_tree(snapshot: Snapshot) -> HeapTree:
    """The whole heap from the root down."""
    retained = snapshot.nodes("retained_bytes")
    tree = HeapTree()
    tree.retained_bytes[0] = retained[0]
    least = retained[0] // _LEAST_PART
    waiting: deque[tuple[int, Sequence[int]]] = deque([(0, [0])])
    while waiting and len(tree) < _MOST_ROWS:
        row, members = waiting.popleft()
        groups: dict[tuple[int, object, int], list[int]] = {}
        for member in members:
            for child in snapshot.children(member):
                groups.setdefault(_place(snapshot, member, child), []).append(child)
        sums = {key: sum(retained[node] for node in group) for key, group in groups.items()}
        for key in sorted(groups, key=lambda key: -sums[key]):
            if sums[key] <= least or len(tree) == _MOST_ROWS:
                break
            group = groups[key]
            name = _name(snapshot, group)
            waiting.append((tree.add(row, name, len(group), sums[key], group[0]), group))
    return tree


def _place(snapshot: Snapshot, above: int, node: int) -> tuple[int, object, int]:
    """What alike siblings have in common: the edge's kind, its name where names tell, and the type."""
    kind, name = _edge(snapshot, above, node)
    labelled = node if node in snapshot.labels or node in snapshot.namespaces else 0
    return kind, labelled or name, snapshot.nodes("type")[node]


def _edge(snapshot: Snapshot, above: int, node: int) -> tuple[int, int]:
    """(kind, name) of the edge from a dominator, when a shortest path goes by it; numbers are masked."""
    parents, edges = snapshot.parents
    if parents[node] != above:
        return -1, 0
    kind = snapshot.edges("kind")[edges[node]]
    return kind, snapshot.edges("name")[edges[node]] if kind in _SAME_FOR_ALL else 0


def _name(snapshot: Snapshot, group: Sequence[int]) -> str:
    """`.tags: list × 1 000`."""
    node = group[0]
    if node in snapshot.namespaces:
        return f"module {snapshot.namespaces[node]}"
    label = snapshot.labels.get(node, "")
    shown = snapshot.type_of(node) + (f" {label}" if label else "")
    parents, edges = snapshot.parents
    if parents[node] == snapshot.nodes("dominator")[node] != NO_NODE:
        step = snapshot.edge(edges[node])
        same = ("attribute", "local", "internal")
        if step.kind in same or (step.kind == "key" and len(group) == 1):
            shown = f"{_written(step)}: {shown}"
    return shown + _times(len(group))


def _times(count: int) -> str:
    return f" × {units.count(count)}" if count > 1 else ""


def _written(step: Step) -> str:
    return f"[{step.name!r}]" if step.kind == "key" else f".{step.name}"


def class_up(snapshot: Snapshot, *, types_shown: int = _TYPES_SHOWN) -> HeapTree:
    """Below the whole the types of most bytes, below each type who dominates its objects, and who
    dominates those."""
    tree = HeapTree()
    tree.retained_bytes[0] = snapshot.figure("shallow_bytes")
    sizes, kinds = snapshot.nodes("size_bytes"), snapshot.nodes("type")
    order = sorted(snapshot.types, key=lambda row: -row.shallow_bytes)[:types_shown]
    numbers = {name: number for number, name in enumerate(snapshot.type_names)}
    for row in order:
        weights, count, largest = native_graph().of_group(kinds, numbers[row.type], sizes)
        at = tree.add(0, row.type + _times(row.objects_count), count, row.shallow_bytes, largest)
        _climb(snapshot, tree, at, u8(weights), _MOST_LEVELS)
    return tree


def _climb(
    snapshot: Snapshot, tree: HeapTree, row: int, weights: Sequence[int], levels: int
) -> None:
    """Adds who dominates the weighted nodes, by type; and so on."""
    if levels == 0:
        return
    native, kinds = native_graph(), snapshot.nodes("type")
    lifted, _ = native.group_sums(snapshot.nodes("dominator"), weights, len(snapshot))
    by_type = u8(native.group_sums(kinds, lifted, len(snapshot.type_names))[0])
    least = tree.retained_bytes[row] // 50
    order = sorted((t for t, size in enumerate(by_type) if size > least), key=lambda t: -by_type[t])
    for kind in order[:_MOST_BESIDE]:
        masked, count, example = native.of_group(kinds, kind, lifted)
        name = _name(snapshot, [example]) if count == 1 else snapshot.type_names[kind]
        at = tree.add(row, f"in {name}{_times(count)}", count, by_type[kind], example)
        if kind >= len(SYNTHETIC):
            _climb(snapshot, tree, at, u8(masked), levels - 1)


def tree_table(name: str, tree: HeapTree, snapshot: Snapshot, limit: int) -> Table:
    """retained_bytes, count, depth, name: the largest rows with those above them, in the order of a tree."""
    below: dict[int, list[int]] = {}
    for row in range(1, len(tree)):
        below.setdefault(tree.parent[row], []).append(row)
    largest = sorted(range(1, len(tree)), key=lambda row: -tree.retained_bytes[row])
    chosen = set(largest[:limit] if limit > 0 else largest)
    depths, order, waiting = tree.depths(), [], below.get(0, [])[::-1]
    while waiting:
        row = waiting.pop()
        if row in chosen:
            order.append(row)
            waiting += below.get(row, [])[::-1]
    left = len(largest) - len(order)
    return Table(
        name,
        {
            "retained_bytes": [tree.retained_bytes[row] for row in order],
            "count": [tree.count[row] for row in order],
            "depth": [depths[row] - 1 for row in order],
            "name": [tree.name[row] for row in order],
        },
        f"{left} more" if left else "",
    )
