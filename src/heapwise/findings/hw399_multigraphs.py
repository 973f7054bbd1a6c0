"""HW399: a multigraph of networkx without parallel edges.

`nx.MultiGraph` and `nx.MultiDiGraph` have a dict of keys for each pair of nodes, though hardly any two nodes have more
than one edge: 184 bytes and more for each edge, and a step more at each look.

What to do: `nx.Graph`, `nx.DiGraph`. Costs: a second edge between two nodes takes the place of the first. Clean: graphs
in which one pair of nodes in twenty has several edges.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.paths import attribute
from heapwise.findings.own_containers import entries_of
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW399"
TITLE = "a multigraph without parallel edges"
_MULTI = {
    "networkx.classes.multigraph.MultiGraph": "nx.Graph",
    "networkx.classes.multidigraph.MultiDiGraph": "nx.DiGraph",
}
_MOST_PARALLEL = 0.05


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Multigraphs whose dicts of keys hold one edge each, where they were made."""
    sizes = snapshot.nodes("size_bytes")
    for kind, plain in _MULTI.items():
        for graph in snapshot.of_type_exactly(kind):
            pairs = _dicts_of_keys(snapshot, graph)
            parallel = sum(len(entries_of(snapshot, node)) > 1 for node in pairs)
            saving = sum(sizes[node] for node in pairs)
            if saving >= worth_bytes(snapshot) and parallel <= _MOST_PARALLEL * len(pairs):
                told = f"{len(pairs)} pairs of nodes have a dict of keys each; {parallel} of them more than one edge"
                yield structural(
                    snapshot, graph, CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.7,
                    fix=f"{plain}()", freed=Freed(nodes=pairs, entirely=True),
                )  # fmt: skip


def _dicts_of_keys(snapshot: Snapshot, graph: int) -> list[int]:
    """What a multigraph has for each pair of nodes, once, though both nodes have it."""
    table = attribute(snapshot, graph, "_adj")
    found: dict[int, None] = {}
    for neighbours in entries_of(snapshot, table) if table is not None else ():
        if snapshot.type_of(neighbours) == "dict":
            found |= dict.fromkeys(
                node
                for node in entries_of(snapshot, neighbours)
                if snapshot.type_of(node) == "dict"
            )
    return [*found]
