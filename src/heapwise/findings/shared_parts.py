"""Objects most of which stands in others that came before, as a snapshot has compared them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.snapshot import Snapshot

_LEAST_SHARE = 0.5


class Alike(NamedTuple):
    """Objects that one line made. shared_bytes: what stands in one before it as well, of all of whole_bytes."""

    nodes: list[int]
    shared_bytes: int
    whole_bytes: int


def alike(snapshot: Snapshot, fact: str, *, least_count: int) -> Iterator[Alike]:
    """Those of which a fact tells so, of half of their bytes and more, where a line made as many."""
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    sizes, shared = snapshot.nodes("size_bytes"), snapshot.facts.get(fact, {})
    groups: dict[int, list[int]] = {}
    for node, same in shared.items():
        if same >= _LEAST_SHARE * sizes[node]:
            groups.setdefault(lines.get(sites[node], sites[node]), []).append(node)
    for nodes in groups.values():
        found = Alike(
            nodes, sum(shared[node] for node in nodes), sum(sizes[node] for node in nodes)
        )
        if len(nodes) >= least_count and found.shared_bytes >= worth_bytes(snapshot):
            yield found
