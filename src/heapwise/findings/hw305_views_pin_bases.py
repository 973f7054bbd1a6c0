"""HW305: small views keep large arrays.

A slice of a NumPy array shows the array's own memory: keep ten numbers of it, and all of it stays. A match of a
regular expression keeps the whole text that was searched.

What to do: `part = whole[:10].copy()` for what is kept; of a match keep `match.group()` or `match.span()`. Clean:
views whose base is needed anyway.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW305"
TITLE = "small views keep large arrays"
_LEAST_RATIO, _LEAST_BASE_BYTES = 4, 64 << 10


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Bases that views alone keep, by who holds the views."""
    above, sizes = snapshot.nodes("dominator"), snapshot.nodes("size_bytes")
    shown = snapshot.nodes("foreign_bytes")
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for node, base in _views(snapshot):
        large = sizes[base] >= max(_LEAST_BASE_BYTES, _LEAST_RATIO * shown[node])
        if large and above[base] == node and above[node] != NO_NODE:
            groups.setdefault(above[node], []).append((node, sizes[base] - shown[node], base))
    least = worth_bytes(snapshot)
    for views in groups.values():
        saving = sum(size for _, size, _ in views)
        if saving >= least:
            told = [
                f"{len(views)} views of {sum(shown[v] for v, _, _ in views)} bytes keep {saving} bytes more"
            ]
            yield structural(
                snapshot, max(views, key=lambda each: each[1])[0], CODE, TITLE, saving_bytes=saving,
                fix="keep a copy of the part: whole[:10].copy(), match.group()", evidence=told,
                freed=Freed(nodes=[base for _, _, base in views]),
            )  # fmt: skip


def _views(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """Views, and what each shows a part of."""
    shown = snapshot.nodes("foreign_bytes")
    for node in snapshot.of_type_exactly("numpy.ndarray"):
        base = next((s.node for s in snapshot.steps_from(node) if s.name == "base"), 0)
        if shown[node] and base:
            yield node, base
    for node in snapshot.of_type_exactly("re.Match"):
        for step in snapshot.steps_from(node):
            if snapshot.type_of(step.node) in ("str", "bytes"):
                yield node, step.node
