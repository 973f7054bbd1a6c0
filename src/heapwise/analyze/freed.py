"""What goes with objects: all that they alone keep; and what it comes to, by where it was made."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from heapwise.model.finding import Freed
from heapwise.model.graph import native_graph, u4, u8
from heapwise.model.snapshot import Snapshot


def all_freed(freed: Freed, snapshot: Snapshot) -> Sequence[int]:
    """The objects that a change frees, with all that goes with them, each once."""
    return below(snapshot, freed.roots, freed.nodes)


def below(snapshot: Snapshot, roots: Iterable[int], others: Iterable[int] = ()) -> Sequence[int]:
    """Objects and all that they alone keep, each once: a root may stand below another one. others: alone."""
    first, child = snapshot.dominated
    return u4(native_graph().tree_below(first, child, array("I", roots), array("I", others)))


def bytes_of(snapshot: Snapshot, nodes: Sequence[int]) -> int:
    """What objects take, without what they refer to."""
    return sum(by_site(nodes, snapshot).sizes.values())


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some objects by their sites: how many (counts), and their bytes (sizes)."""

    counts: Mapping[int, int]
    sizes: Mapping[int, int]


def by_site(nodes: Sequence[int], snapshot: Snapshot, sites: Sequence[int] | None = None) -> Sums:
    """sites: of each node of the snapshot; None: where it was allocated."""
    sites = snapshot.nodes("site") if sites is None else sites
    found, counts, sizes = native_graph().node_sums(nodes, sites, snapshot.nodes("size_bytes"))
    keys = u4(found)
    return Sums(dict(zip(keys, u8(counts), strict=True)), dict(zip(keys, u8(sizes), strict=True)))
