"""HW311: arrays with the same values.

What to do: keep one, and share it; `setflags(write=False)` makes sure that nobody changes it. Costs: who changes one
must copy it first. Clean: copies that are written to later.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW311"
TITLE = "equal arrays"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large arrays that are equal to another one."""
    sizes = snapshot.nodes("size_bytes")
    measured = snapshot.facts.get("element_bytes", {})
    constant = snapshot.facts.get("constant", {})
    work = library_work(snapshot)
    groups: dict[int, list[int]] = {}
    for node, of in snapshot.copies:
        kept = node in measured and node not in constant
        if kept and not work.has(snapshot, node) and not work.has(snapshot, of):
            groups.setdefault(of, []).append(node)
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    for of, nodes in groups.items():
        saving = sum(sizes[node] for node in nodes)
        if saving >= least:
            told = [f"{len(nodes) + 1} arrays of {sizes[of]} bytes hold the same"]
            yield structural(
                snapshot, nodes[0], CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.7,
                fix="keep one and share it; setflags(write=False)", freed=Freed(nodes=nodes, kept=(of,)),
            )  # fmt: skip
