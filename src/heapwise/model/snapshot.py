"""A snapshot: the heap of a process as a graph, with who keeps what alive.

    snapshot = Snapshot.open("heap.hw")
    snapshot.types[:10]
    for path in snapshot.why("app.Session").paths: ...

Node 0 is the root. An edge goes from who refers to what is referred to. Sizes are what the allocators
take, in bytes. `retained_bytes` of a node is what would go if it went.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from heapwise.errors import DamagedFileError, NotASnapshotError
from heapwise.model.container import KIND_SNAPSHOT, Container, open_container

IMMORTAL = NO_NODE = 0xFFFFFFFF
SYNTHETIC = (
    "<root>", "<thread>", "<frame>", "<static types>", "<held by native code>", "<garbage>", "<library>",
)  # fmt: skip
"""Types of nodes that are no objects: the first types of every snapshot."""
EDGE_KINDS = (
    "reference", "weak", "attribute", "key", "index", "int key", "item", "key object", "local",
    "internal", "type", "root", "element",
)  # fmt: skip
WEAK = 1
_NAMED = frozenset((2, 3, 8, 9, 11))


class TypeRow(NamedTuple):
    """All objects of one type. retained_bytes: what goes if all of them go; of those that another one
    of the type dominates, the outermost counts."""

    type: str
    objects_count: int
    shallow_bytes: int
    foreign_bytes: int
    retained_bytes: int
    unexplained_count: int


class Step(NamedTuple):
    """One edge of a path, and the node that it leads to. name: a string or a number, by kind."""

    kind: str
    name: str | int
    node: int


class Snapshot:
    """One process's heap, opened from a file. Columns are read in place, on first use."""

    def __init__(self, container: Container) -> None:
        if container.kind != KIND_SNAPSHOT:
            raise NotASnapshotError(f"{container.path} is no snapshot")
        self._container = container
        self.path = container.path
        try:
            meta = json.loads(bytes(container.column("meta", "json")))
        except ValueError:
            raise DamagedFileError(f"{self.path} has unreadable metadata") from None
        if not isinstance(meta, dict):
            raise DamagedFileError(f"{self.path} has unreadable metadata")
        self.meta: dict[str, Any] = meta
        self._check()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Snapshot:
        """Opens a snapshot. Raises MissingFileError, NotASnapshotError, NewerFormatError or
        DamagedFileError."""
        return cls(open_container(Path(path)))

    def nodes(self, name: str) -> Sequence[int]:
        """A column of the nodes: address, type, size_bytes, foreign_bytes, refcount, in_edges, site,
        first_edge, edges_count, dominator, retained_bytes."""
        column: Sequence[int] = self._container.column("nodes", name)
        return column

    def edges(self, name: str) -> Sequence[int]:
        """A column of the edges: target, name, kind."""
        column: Sequence[int] = self._container.column("edges", name)
        return column

    def __len__(self) -> int:
        """How many nodes there are, the synthetic ones counted."""
        return len(self.nodes("address"))

    def figure(self, name: str) -> int:
        """A figure of the summary: objects_count, edges_count, shallow_bytes, native_count,
        garbage_count, rss_bytes, walk_ns, dominators_ns."""
        return int(self._container.scalar("summary", name))

    # ------------------------------------------------------------------------------------- names

    @cached_property
    def type_names(self) -> Sequence[str]:
        """The name of each row of types."""
        return [self.text(name) for name in self._container.column("types", "name")]

    @cached_property
    def labels(self) -> dict[int, str]:
        """Node -> its name, of modules, functions, classes, codes, threads and frames."""
        column = self._container.column
        pairs = zip(column("labels", "node"), column("labels", "name"), strict=True)
        return {node: self.text(name) for node, name in pairs}

    def type_of(self, node: int) -> str:
        """The name of a node's type."""
        return self.type_names[self.nodes("type")[node]]

    def text(self, string: int) -> str:
        """A string of the file by its number; empty when there is none."""
        offsets, blob = self._strings
        if not 0 <= string < len(offsets) - 1:
            return ""
        return bytes(blob[offsets[string] : offsets[string + 1]]).decode("utf-8", "replace")

    @property
    def strings_count(self) -> int:
        """How many strings the file has."""
        return len(self._strings[0]) - 1

    @property
    def type_nodes(self) -> Sequence[int]:
        """The node of each type's object; 0 for synthetic ones."""
        nodes: Sequence[int] = self._container.column("types", "node")
        return nodes

    def edge(self, edge: int) -> Step:
        """An edge as a step."""
        kind, name = self.edges("kind")[edge], self.edges("name")[edge]
        shown: str | int = self.text(name) if kind in _NAMED else name
        return Step(EDGE_KINDS[kind], shown, self.edges("target")[edge])

    def steps_from(self, node: int) -> list[Step]:
        """The edges of a node."""
        first = self.nodes("first_edge")[node]
        return [self.edge(first + i) for i in range(self.nodes("edges_count")[node])]

    # ------------------------------------------------------------------------------------- graph

    @cached_property
    def types(self) -> Sequence[TypeRow]:
        """One row a type, of the largest retained size first; synthetic types are left out."""
        from heapwise.model.graph import native_graph

        rows = memoryview(
            native_graph().graph_by_type(
                *(self.nodes(name) for name in ("type", "size_bytes", "foreign_bytes", "refcount",
                                                "in_edges", "dominator", "retained_bytes")),
                len(self.type_names),
            )
        ).cast("Q")  # fmt: skip
        found = [TypeRow(name, *rows[5 * i : 5 * i + 5]) for i, name in enumerate(self.type_names)]
        kept = [row for row in found[len(SYNTHETIC) :] if row.objects_count]
        return sorted(kept, key=lambda row: (-row.retained_bytes, row.type))

    def unexplained_count(self) -> int:
        """How many references no edge was found for: they are held by native code."""
        return sum(row.unexplained_count for row in self.types)

    def unexplained_objects(self) -> int:
        """How many objects have such references."""
        pairs = zip(self.nodes("refcount"), self.nodes("in_edges"), strict=True)
        return sum(count != IMMORTAL and count > edges for count, edges in pairs)

    def of_type(self, name: str) -> list[int]:
        """The nodes of a type, by its full name or the last part of it."""
        wanted = {
            i for i, known in enumerate(self.type_names)
            if name in (known, known.rpartition(".")[2])
        }  # fmt: skip
        return [node for node, at in enumerate(self.nodes("type")) if at in wanted]

    def at_address(self, address: int) -> list[int]:
        """The node of an address, if it is one."""
        return [node for node, at in enumerate(self.nodes("address")) if at == address]

    def shortest_path(self, node: int) -> list[int]:
        """The edges of a shortest path from the root; empty when it is not reached."""
        parents, edges = self._parents
        found = []
        while node and parents[node] != NO_NODE:
            found.append(edges[node])
            node = parents[node]
        return found[::-1]

    def dominators(self, node: int) -> list[int]:
        """The nodes that dominate a node, from the root to the immediate one."""
        above, found = self.nodes("dominator"), []
        while node and (node := above[node]) != NO_NODE:
            found.append(node)
            if not node:
                break
        return found[::-1]

    def retained_of(self, nodes: Sequence[int]) -> int:
        """What exactly would go if all of these went, in bytes."""
        from heapwise.model.graph import native_graph

        gone = bytearray(len(self))
        for node in nodes:
            gone[node] = 1
        kept = native_graph().graph_kept_without(*self._graph, bytes(gone))
        reached = self.nodes("dominator")
        sizes = self.nodes("size_bytes")
        return sum(
            sizes[node]
            for node, stays in enumerate(kept)
            if not stays and (reached[node] != NO_NODE or node == 0)
        )

    # ------------------------------------------------------------------------------------ reading

    @cached_property
    def _graph(self) -> tuple[Sequence[int], ...]:
        return (self.nodes("first_edge"), self.nodes("edges_count"), self.edges("target"),
                self.edges("kind"))  # fmt: skip

    @cached_property
    def _parents(self) -> tuple[Sequence[int], Sequence[int]]:
        from heapwise.model.graph import native_graph

        parent, edge = native_graph().graph_parents(*self._graph)
        return memoryview(parent).cast("I"), memoryview(edge).cast("Q")

    @cached_property
    def _strings(self) -> tuple[Sequence[int], Any]:
        column = self._container.column
        return column("strings", "offsets"), column("strings", "bytes")

    def _check(self) -> None:
        """Columns of a table are of one length, and types are known; DamagedFileError otherwise."""
        column = self._container.column
        tables = {
            "nodes": ("address", "type", "size_bytes", "foreign_bytes", "refcount", "in_edges",
                      "site", "first_edge", "edges_count", "dominator", "retained_bytes"),
            "edges": ("target", "name", "kind"),
            "types": ("name", "node"),
            "labels": ("node", "name"),
        }  # fmt: skip
        sound = all(
            len({len(column(table, name)) for name in names}) == 1
            for table, names in tables.items()
        )
        offsets = column("strings", "offsets")
        sound = sound and len(offsets) > 0 and len(column("types", "name")) >= len(SYNTHETIC)
        sound = sound and offsets[-1] <= len(column("strings", "bytes"))
        if not sound:
            raise DamagedFileError(f"{self.path} has tables that contradict each other")
