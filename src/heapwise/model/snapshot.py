"""A snapshot: the heap of a process as a graph, with who keeps what alive.

    snapshot = Snapshot.open("heap.hw")
    snapshot.types[:10]
    for path in snapshot.why("app.Session").paths: ...

Node 0 is the root. An edge goes from who refers to what is referred to. Sizes are what the allocators
take, in bytes. `retained_bytes` of a node is what would go if it went.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from heapwise.errors import DamagedFileError, NotASnapshotError
from heapwise.model.checks import same_lengths
from heapwise.model.container import KIND_SNAPSHOT, Container, open_container
from heapwise.model.graph import native_graph, u4, u8
from heapwise.model.heap_columns import HeapColumns
from heapwise.model.heap_tables import (
    GARBAGE,
    NO_NODE,
    PATH_END,
    PERIODS_KNOWN,
    REACHED_LAST,
    SYNTHETIC,
    WEAK,
    Mapped,
    Step,
    TypeRow,
)
from heapwise.model.snapshot_levels import Levels
from heapwise.model.stacks import Stacks, read_meta
from heapwise.model.tables import Frame


class Snapshot(HeapColumns, Levels):
    """One process's heap, opened from a file. Columns are read in place, on first use."""

    def __init__(self, container: Container) -> None:
        if container.kind != KIND_SNAPSHOT:
            raise NotASnapshotError(f"{container.path} is no snapshot")
        super().__init__(container)
        self.path = container.path
        self.meta = read_meta(container)
        self._check()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Snapshot:
        """Opens a snapshot. Raises MissingFileError, NotASnapshotError, NewerFormatError or
        DamagedFileError."""
        return cls(open_container(Path(path)))

    @property
    def is_of_peak(self) -> bool:
        """Whether it was taken near the peak of its run."""
        return self.path.name.endswith(".peak.snapshot.hw")

    def figure(self, name: str) -> int:
        """A figure of the summary: objects_count, edges_count, shallow_bytes, native_count, garbage_count,
        collector_disabled, first_threshold, second_threshold, third_threshold (of the collector), grown_tables_bytes,
        rss_bytes, heap_bytes, own_bytes, descriptors_count, walk_ns,
        contents_ns, dominators_ns, walk_bytes, most_bytes (memory that the walk, and all of it, took), taken_ns,
        recorder_started_ns, recorder_sampled, period, malloc_arena_bytes, malloc_mapped_bytes, malloc_used_bytes,
        malloc_free_bytes (these four are 0 where the C library does not tell)."""
        if name.startswith("malloc_") and self._container.optional("summary", name) is None:
            return 0
        return int(self._container.scalar("summary", name))

    @cached_property
    def stacks(self) -> Stacks:
        """The allocation stacks of what was recorded."""
        return Stacks(self._container, self.meta, nodes="stacks", strings="stack_strings")

    @cached_property
    def site_rows(self) -> Mapping[int, int]:
        """A site, as nodes name it -> its row in the tables of `stacks`."""
        return self.stacks.site_rows

    @cached_property
    def held(self) -> Mapping[int, float]:
        """A site -> what it held when the snapshot was taken, in bytes that were asked for; empty where nothing was
        recorded."""
        column = self._container.column
        return dict(zip(column("held", "site"), column("held", "bytes"), strict=True))

    def allocated_at(self, node: int) -> Frame | None:
        """The line of the program that allocated an object; None when that was not recorded."""
        row = self.site_rows.get(self.nodes("site")[node])
        if row is None or self.stacks.site_own[row]:
            return None
        return self.stacks.user_frame(row)

    def nodes_of_sites(self, sites: Iterable[int]) -> list[int]:
        """The objects that some sites allocated."""
        marks = bytearray(max(self.site_rows, default=0) + 1)
        for site in sites:
            marks[site] = 1
        return list(u4(native_graph().nodes_with(self.nodes("site"), bytes(marks))))

    def stack_of(self, node: int, *, grown: bool = False) -> list[Frame]:
        """The frames that an object was allocated by, outermost first, those of libraries as well; empty when that was
        not recorded. grown: of a container those that made its table as large as it is."""
        site = self.nodes("site")[node]
        row = self.site_rows.get(self.fact("table_site", node, site) if grown else site)
        if row is None:
            return []
        stacks = self.stacks
        return [*stacks.stack(stacks.site_parents[row]), stacks.frames[stacks.site_frames[row]]]

    def grown_at(self, node: int) -> Frame | None:
        """The line that made a container's table as large as it is; of other objects where they were allocated. The
        head of a container may be from a free list, and then bears the line that first allocated it."""
        row = self.site_rows.get(self.fact("table_site", node))
        if row is None or self.stacks.site_own[row]:
            return self.allocated_at(node)
        return self.stacks.user_frame(row)

    # ------------------------------------------------------------------------------------- names

    @cached_property
    def labels(self) -> dict[int, str]:
        """Node -> its name, of modules, functions, classes, codes, threads and frames."""
        column = self._container.column
        pairs = zip(column("labels", "node"), column("labels", "name"), strict=True)
        return {node: self.text(name) for node, name in pairs}

    @cached_property
    def weakly_referenced(self) -> frozenset[int]:
        """The nodes that weak references refer to."""
        kinds, targets = bytes(self.edges("kind")), self.edges("target")
        found, at = set(), kinds.find(WEAK)
        while at >= 0:
            found.add(targets[at])
            at = kinds.find(WEAK, at + 1)
        return frozenset(found)

    @property
    def type_nodes(self) -> Sequence[int]:
        """The node of each type's object; 0 for synthetic ones."""
        nodes: Sequence[int] = self._container.column("types", "node")
        return nodes

    # ------------------------------------------------------------------------------------- graph

    @cached_property
    def types(self) -> Sequence[TypeRow]:
        """One row a type, of the largest retained size first; synthetic types are left out."""
        native, count, types = native_graph(), len(self.type_names), self.nodes("type")
        shallow, members = native.group_sums(types, self.nodes("size_bytes"), count)
        foreign, _ = native.group_sums(types, self.nodes("foreign_bytes"), count)
        lacking, _ = native.group_sums(types, self.unexplained, count)
        retained = self.retained_by(types, count)
        columns = (u8(members), u8(shallow), u8(foreign), retained, u8(lacking))
        found = [TypeRow(*row) for row in zip(self.type_names, *columns, strict=True)]
        kept = [row for row in found[len(SYNTHETIC) :] if row.objects_count]
        return sorted(kept, key=lambda row: (-row.retained_bytes, row.type))

    @cached_property
    def unexplained(self) -> Sequence[int]:
        """Of each node how many references no edge was found for: they are held by native code."""
        return self.spread("unexplained", "count")

    def unexplained_count(self) -> int:
        """How many there are in all."""
        return sum(row.unexplained_count for row in self.types)

    def unexplained_objects(self) -> int:
        """How many objects have such references."""
        return sum(map(bool, self.unexplained))

    @cached_property
    def garbage_bytes(self) -> int:
        """What waits for the collector, with all that it alone keeps."""
        retained = self.nodes("retained_bytes")
        return sum(retained[node] for node in self.of_type_exactly(GARBAGE))

    def retained_by(self, groups: Sequence[int], groups_count: int) -> Sequence[int]:
        """What each group of nodes retains: the group of each node (2^32 - 1: none) -> bytes. Of members
        that another one dominates, the outermost counts."""
        return u8(
            native_graph().tree_group_retained(
                self.nodes("dominator"), groups, self.nodes("retained_bytes"), groups_count
            )
        )

    def sums_below(self, weights: Sequence[int]) -> Sequence[int]:
        """Weights of each node and of all that it dominates."""
        return u8(native_graph().tree_sums(self.nodes("dominator"), weights))

    @cached_property
    def dominated(self) -> tuple[Sequence[int], Sequence[int]]:
        """(first, child): node v dominates child[first[v]:first[v + 1]] immediately."""
        first, child = native_graph().tree_children(self.nodes("dominator"))
        return u4(first), u4(child)

    def children(self, node: int) -> Sequence[int]:
        """What a node dominates immediately."""
        first, child = self.dominated
        return child[first[node] : first[node + 1]]

    def components(self) -> Sequence[int]:
        """The number of the strongly connected component of each node: rings of references are those
        with more than one member."""
        return u4(native_graph().graph_components(*self._graph))

    def at_address(self, address: int) -> list[int]:
        """The node of an address, if it is one."""
        return [node for node, at in enumerate(self.nodes("address")) if at == address]

    def shortest_path(self, node: int) -> list[int]:
        """The edges of a shortest path from the root; empty when it is not reached."""
        parents, edges = self.parents
        found = []
        while node and parents[node] != NO_NODE:
            found.append(edges[node])
            node = parents[node]
        return found[::-1]

    def path_to(self, node: int) -> list[Step]:
        """The steps of a shortest path from the root; empty when it is not reached."""
        return [self.edge(edge) for edge in self.shortest_path(node)]

    def dominators(self, node: int) -> list[int]:
        """The nodes that dominate a node, from the root to the immediate one."""
        return list(self.above(node))[::-1]

    def above(self, node: int) -> Iterator[int]:
        """The nodes that dominate a node, from the immediate one to the root; none where it is not reached."""
        above = self.nodes("dominator")
        while node and (node := above[node]) != NO_NODE:
            yield node

    def retained_at_most(self, nodes: Sequence[int]) -> int:
        """A bound of what would go if all of these went, in bytes, found without going through the heap: all ways to
        what goes lead through them, and so through the nearest one that dominates them."""
        if not nodes:
            return 0
        first, *others = nodes
        above, shared = self.nodes("dominator"), [*self.dominators(first), first]
        heights = {node: height for height, node in enumerate(shared)}
        height = len(shared) - 1
        for node in others:
            passed = []
            while node not in heights:
                passed.append(node)
                node = above[node]
                if node == NO_NODE:
                    return self.figure("shallow_bytes")
            height = min(height, heights[node])
            heights.update(dict.fromkeys(passed, heights[node]))
        return self.nodes("retained_bytes")[shared[height]]

    def retained_of(self, nodes: Sequence[int]) -> int:
        """What exactly would go if all of these went, in bytes."""
        gone = bytearray(len(self))
        for node in nodes:
            gone[node] = 1
        above, sizes = self.nodes("dominator"), self.nodes("size_bytes")
        return int(native_graph().graph_gone_bytes(*self._graph, bytes(gone), above, sizes))

    def disjoint_paths(self, node: int, *, most: int = 8) -> list[list[int]]:
        """Paths from the root that share no object, the edges of each: as many must be cut for the node to
        go. Modules and their namespaces may be shared."""
        found: list[list[int]] = [[]]
        native = native_graph()
        for edge in u8(native.graph_disjoint_paths(*self._graph, self._shared_by_all, node, most)):
            if edge == PATH_END:
                found.append([])
            else:
                found[-1].append(edge)
        return [self.shortest_path(self._source_of(way[0])) + way for way in found[:-1]]

    def _source_of(self, edge: int) -> int:
        """The node that an edge of a source belongs to."""
        firsts, counts = self.nodes("first_edge"), self.nodes("edges_count")
        return next(
            node for node, shared in enumerate(self._shared_by_all)
            if shared and firsts[node] <= edge < firsts[node] + counts[node]
        )  # fmt: skip

    @cached_property
    def _shared_by_all(self) -> bytes:
        marks = self._marked({"module", *SYNTHETIC})
        for node in (0, *self.namespaces, *(step.node for step in self.steps_from(0))):
            marks[node] = 1
        return bytes(marks)

    def matched(self, other: Snapshot) -> Sequence[int]:
        """Of each node the one with its address and type in an earlier snapshot; NO_NODE: it has none. What
        is known to be born later has none."""
        # Several types may bear one name (Cython's): their objects' addresses tell them apart.
        numbers = {each: number for number, each in enumerate(self._type_keys)}
        known = array("I", [numbers.get(each, NO_NODE) for each in other._type_keys])
        native = native_graph()
        period = other.figure("period") if self.knows_births_since(other) else NO_NODE
        return u4(
            native.matched(
                self.nodes("address"), self.nodes("type"), self.nodes("birth"),
                other.nodes("address"), native.mapped(other.nodes("type"), known), period,
            )
        )  # fmt: skip

    @cached_property
    def _type_keys(self) -> list[tuple[str, int]]:
        """(name, address of the type object) of each type."""
        addresses = self.nodes("address")
        pairs = zip(self.type_names, self.type_nodes, strict=True)
        return [(name, addresses[node]) for name, node in pairs]

    def knows_births_since(self, other: Snapshot) -> bool:
        """Whether births tell which recorded objects are younger than an earlier snapshot."""
        started = self.figure("recorder_started_ns")
        return (
            started != 0
            and started == other.figure("recorder_started_ns")
            and self.meta.get("pid") == other.meta.get("pid")
            and 0 < self.figure("period") - other.figure("period") <= PERIODS_KNOWN
        )

    # ------------------------------------------------------------------------------------ reading

    @cached_property
    def _graph(self) -> tuple[Sequence[int], ...]:
        return (self.nodes("first_edge"), self.nodes("edges_count"), self.edges("target"),
                self.edges("kind"))  # fmt: skip

    @cached_property
    def parents(self) -> tuple[Sequence[int], Sequence[int]]:
        """(parent, edge) of each node in the breadth-first tree from the root; NO_NODE and edge 0: not reached.
        Ways by what only native code holds are taken last."""
        parent, edge = native_graph().graph_parents(*self._graph, self._late)
        return u4(parent), u8(edge)

    @cached_property
    def _late(self) -> bytes:
        return bytes(self._marked(REACHED_LAST))

    def _marked(self, types: Collection[str]) -> bytearray:
        """1 for each node of one of these types."""
        wanted = bytes(name in types for name in self.type_names)
        marks = bytearray(len(self))
        for node in u4(native_graph().nodes_with(self.nodes("type"), wanted)):
            marks[node] = 1
        return marks

    @cached_property
    def namespaces(self) -> Mapping[int, str]:
        """The node of a module's dict -> the module's name."""
        found = {}
        for node in self.of_type_exactly("module"):
            for step in self.steps_from(node):
                if step.kind == "internal" and step.name == "__dict__":
                    found[step.node] = self.labels.get(node, "")
        return found

    def _check(self) -> None:
        """Columns of a table are of one length, and types are known; DamagedFileError otherwise."""
        column = self._container.column
        sound = same_lengths(
            self._container,
            {
                "nodes": ("address", "type", "size_bytes", "refcount", "edges_count", "dominator",
                          "retained_bytes"),
                "foreign": ("node", "bytes"),
                "slack": ("node", "bytes"),
                "unexplained": ("node", "count"),
                "edges": ("target", "name", "kind"),
                "types": ("name", "node"),
                "labels": ("node", "name"),
                "held": ("site", "bytes"),
                "facts": ("node", "name", "value"),
                "mappings": Mapped._fields,
            },
        )  # fmt: skip
        offsets = column("strings", "offsets")
        sound = sound and len(offsets) > 0 and len(column("types", "name")) >= len(SYNTHETIC)
        sound = sound and offsets[-1] <= len(column("strings", "bytes"))
        if not sound:
            raise DamagedFileError(f"{self.path} has tables that contradict each other")
