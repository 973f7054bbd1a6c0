"""HW423: stacked arrays have the same planes in them, again and again.

A replay buffer that keeps the last four frames of each step, stacked, has every frame four times; so have windows of a
series that were cut out and stacked.

What to do: keep each frame once, and stack when the stack is asked for: a tuple of frames with `__array__`, or their
places in one array; of windows `numpy.lib.stride_tricks.sliding_window_view`. Costs: stacking takes its time at each
look. Clean: stacks of which less than half stands in others, and planes of one value.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW423"
TITLE = "stacks that have the same planes"
_LEAST_COUNT, _LEAST_SHARE = 16, 0.5


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays most of whose planes stand in earlier ones, by the line that made them."""
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    sizes, shared = snapshot.nodes("size_bytes"), snapshot.facts.get("shared_planes_bytes", {})
    groups: dict[int, list[int]] = {}
    for node, same in shared.items():
        if same >= _LEAST_SHARE * sizes[node]:
            groups.setdefault(lines.get(sites[node], sites[node]), []).append(node)
    for nodes in groups.values():
        saving = sum(shared[node] for node in nodes)
        if len(nodes) < _LEAST_COUNT or saving < worth_bytes(snapshot):
            continue
        whole = units.size(sum(sizes[node] for node in nodes))
        told = f"of {whole} in {len(nodes)} arrays {units.size(saving)} are planes that another before it has"
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7, evidence=[told],
            fix="keep each plane once, and stack them when they are asked for; windows: sliding_window_view",
            freed=Freed(nodes=nodes),
        )  # fmt: skip
