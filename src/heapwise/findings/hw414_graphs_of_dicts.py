"""HW414: a graph as a dict of dicts.

`adjacent[a][b] = {}`, or `{"weight": 3}`, as networkx keeps its graphs: a dict for each node, an entry of 100 bytes for
each edge from either end, and 64 to 184 bytes for its empty or nearly empty dict. Neighbours one after another in an
array, and where those of each node begin, take 4 bytes an edge, and 8 for its weight.

What to do: `scipy.sparse.csr_array((weights, (start, end)))`, for which `scipy.sparse.csgraph` has shortest paths,
components, spanning trees, flows and searches; igraph or rustworkx for more. Costs: it is made anew where edges come or
go. Clean: graphs that are changed or cut, edges with more than a number, algorithms that csgraph has not.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.analyze.container_uses import uses_of
from heapwise.analyze.kept_at import own_name
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import mean, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import Step
from heapwise.model.snapshot import Snapshot

CODE = "HW414"
TITLE = "a graph as a dict of dicts"
_DICTS = ("dict", "collections.defaultdict")
_GRAPHS = ("networkx.classes.graph.Graph", "networkx.classes.digraph.DiGraph")
_LEAST_NODES, _LEAST_SHARE, _SAMPLE, _MOSTLY = 1000, 0.1, 300, 0.9
_NUMBERS = ("int", "float", "bool", "NoneType")
_NUMBER_BYTES, _PLACE_BYTES, _LABEL_BYTES = 8, 4, 100
_CHANGES = {
    "remove_node",
    "remove_nodes_from",
    "remove_edge",
    "remove_edges_from",
    "subgraph",
    "edge_subgraph",
}
_OF_MATRICES = (
    "path", "dijkstra", "bellman_ford", "floyd_warshall", "johnson", "connected_components", "spanning", "bfs", "dfs",
    "maximum_flow", "pagerank",
)  # fmt: skip
"""Parts of the names of networkx's algorithms that csgraph, or a product with the matrix, has as well."""


class _Edges(NamedTuple):
    """How many entries the inner dicts have, and what the same takes in arrays."""

    entries: int
    arrays_bytes: int


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts of dicts whose inner keys are keys of the outer one; graphs of networkx that algorithms on matrices go
    through."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained, source = snapshot.nodes("retained_bytes"), program_source(snapshot)
    for root, outer, name in (*_of_networkx(snapshot, source), *_of_dicts(snapshot, source)):
        edges = _edges(snapshot, outer) if retained[root] >= least else None
        if edges is None or (saving := retained[root] - edges.arrays_bytes) < least:
            continue
        yield structural(
            snapshot, outer, CODE, TITLE, saving_bytes=saving, confidence=0.6, freed=Freed(roots=(root,)),
            evidence=[f"{name}: {edges.entries} entries for edges, of {retained[root] / edges.entries:.0f} bytes each"],
            fix="scipy.sparse.csr_array((weights, (start, end))) and scipy.sparse.csgraph; igraph or rustworkx",
        )  # fmt: skip


def _of_networkx(snapshot: Snapshot, source: ProgramSource) -> Iterator[tuple[int, int, str]]:
    """(graph, its neighbours, what it is)."""
    graphs = [node for kind in _GRAPHS for node in snapshot.of_type_exactly(kind)]
    if not graphs or not _are_of_matrices(source):
        return
    for graph in graphs:
        fields = next((s.node for s in snapshot.steps_from(graph) if s.name == "__dict__"), graph)
        found = [s.node for s in snapshot.steps_from(fields) if s.name == "_adj"]
        yield from ((graph, node, snapshot.type_of(graph)) for node in found)


def _are_of_matrices(source: ProgramSource) -> bool:
    """Whether the program asks networkx for nothing that it would miss, and changes no graph after it was built."""
    asked = {
        each.attr for each in source.of(ast.Attribute)
        if isinstance(each.value, ast.Name) and each.value.id in ("nx", "networkx")
    }  # fmt: skip
    algorithms = {each for each in asked if each[:1].islower()}
    changed = any(each.attr in _CHANGES for each in source.of(ast.Attribute))
    return (
        bool(algorithms)
        and not changed
        and all(any(part in each for part in _OF_MATRICES) for each in algorithms)
    )


def _of_dicts(snapshot: Snapshot, source: ProgramSource) -> Iterator[tuple[int, int, str]]:
    """(dict, the same, its name) of those of the program from which nothing is taken out."""
    counts = snapshot.nodes("edges_count")
    for node in (each for kind in _DICTS for each in snapshot.of_type_exactly(kind)):
        if counts[node] < _LEAST_NODES or node in snapshot.namespaces:
            continue
        name = own_name(snapshot, node)
        owner = name.owner if name is not None else ""
        if owner.startswith("networkx.") or (name is not None and uses_of(source, name).takes):
            continue
        yield node, node, name.text if name is not None else snapshot.type_of(node)


def _edges(snapshot: Snapshot, outer: int) -> _Edges | None:
    """Of a dict of dicts of edges; None where it is something else."""
    steps = _entries(snapshot, outer)
    keys = [step.name for step in steps]
    inner = [step.node for step in steps if snapshot.type_of(step.node) in _DICTS]
    if len(inner) < max(_LEAST_NODES, _MOSTLY * len(keys)):
        return None
    rows = [_entries(snapshot, node) for node in sampled(inner, _SAMPLE)]
    alike = Counter(frozenset(step.name for step in row) for row in rows)
    if max(alike.values(), default=0) >= _MOSTLY * len(rows):
        return None  # a table: each row has the same columns
    met, known = [step for row in rows for step in row], set(keys)
    if not met or sum(step.name in known for step in met) < _MOSTLY * len(met):
        return None
    is_weight = [
        _is_weight(snapshot, node) for node in sampled([step.node for step in met], _SAMPLE)
    ]
    if None in is_weight:
        return None
    count = round(len(inner) * mean(len(row) for row in rows))
    each = _PLACE_BYTES + (_NUMBER_BYTES if any(is_weight) else 0)
    numbered = all(isinstance(key, int) and 0 <= key < 2 * len(keys) for key in keys)
    labels = 0 if numbered else _LABEL_BYTES * len(keys)
    return _Edges(count, count * each + _PLACE_BYTES * (len(keys) + 1) + labels)


def _entries(snapshot: Snapshot, node: int) -> Sequence[Step]:
    """What stands in a dict under texts and ints."""
    return [step for step in snapshot.steps_from(node) if step.kind in ("key", "int key")]


def _is_weight(snapshot: Snapshot, node: int) -> bool | None:
    """Whether what an edge has is one number; None: it is more."""
    kind = snapshot.type_of(node)
    if kind in _DICTS:
        inner = [_is_weight(snapshot, step.node) for step in _entries(snapshot, node)]
        return None if len(inner) > 1 or None in inner else bool(inner)
    return kind in ("int", "float") if kind in _NUMBERS else None
