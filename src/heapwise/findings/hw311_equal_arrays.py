"""HW311: arrays with the same values.

What to do: keep one, and share it; `setflags(write=False)` makes sure that nobody changes it. Costs: who changes one
must copy it first. Clean: copies that are written to later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from heapwise.findings.place import structural
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW311"
TITLE = "equal arrays"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large arrays that are equal to another one."""
    sizes = snapshot.nodes("size_bytes")
    measured = snapshot.facts.get("element_bytes", {})
    constant = snapshot.facts.get("constant", {})
    work = library_work(snapshot)
    groups: dict[Frame | None, list[tuple[int, int]]] = {}
    for node, of in snapshot.copies:
        kept = node in measured and node not in constant
        if kept and not work.has(snapshot, node) and not work.has(snapshot, of):
            groups.setdefault(snapshot.allocated_at(node), []).append((node, of))
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    for pairs in groups.values():
        nodes, originals = [node for node, _ in pairs], {of for _, of in pairs}
        saving = sum(sizes[node] for node in nodes)
        if saving >= least:
            yield structural(
                snapshot, nodes[0], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[_told(snapshot, nodes, originals)],
                fix="keep one and share it; setflags(write=False)",
                freed=Freed(nodes=nodes, kept=tuple(originals)),
            )  # fmt: skip


def _told(snapshot: Snapshot, nodes: Sequence[int], originals: Collection[int]) -> str:
    """How many there are: all of one, or each of another one."""
    each = snapshot.nodes("size_bytes")[nodes[0]]
    if len(originals) == 1:
        return f"{len(nodes) + 1} arrays of {each} bytes hold the same"
    return (
        f"{len(nodes)} arrays, of {each} bytes the first, hold the same as {len(originals)} others"
    )
