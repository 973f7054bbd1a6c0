"""HW308: an array is wider than its values.

Numbers from 0 to 255 in int64 take eight bytes each, and need one. A float64 array whose every value float32 holds
exactly takes twice what it needs; one of whole numbers, as an image that was widened, eight times.

What to do: give the type where the array is made (`dtype=np.uint8`, `read_csv(dtype=...)`). Costs: sums and products
may need a wider type again: name it there. Clean: arrays that are filled with wider values later, or divided in place;
those that are a small part of the heap.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.program_source import program_source
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.scaled import is_divided_in_place_at
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW308"
TITLE = "an array wider than its values"
_LEAST_SHARE = 0.2
_NAMES = {1: "int8 or uint8", 2: "int16 or uint16", 4: "int32, uint32 or float32"}


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large arrays by where they were made."""
    sizes, sites = snapshot.nodes("size_bytes"), snapshot.nodes("site")
    lines = lines_of_sites(snapshot)
    constant = snapshot.facts.get("constant", {})
    work = library_work(snapshot)
    groups: dict[tuple[int, int, int], list[int]] = {}
    for node, fits in snapshot.facts.get("fits_bytes", {}).items():
        element = snapshot.fact("element_bytes", node)
        passing = fits < element and work.has(snapshot, node)
        if fits < element and node not in constant and not passing:
            # Each array that no line is known of stands for itself.
            groups.setdefault((element, fits, lines.get(sites[node], -node)), []).append(node)
    least, whole = worth_bytes(snapshot, LEAST_ARRAY_BYTES), snapshot.figure("shallow_bytes")
    for (element, fits, _), nodes in groups.items():
        saving = sum(sizes[node] * (element - fits) // element for node in nodes)
        if saving >= max(least, _LEAST_SHARE * whole) and not _is_divided(snapshot, nodes[0]):
            arrays = f"{len(nodes)} arrays" if len(nodes) > 1 else "the array"
            told = [f"{element} bytes an element, {fits} hold every value of {arrays} exactly"]
            yield structural(
                snapshot, max(nodes, key=lambda n: sizes[n]), CODE, TITLE, saving_bytes=saving,
                fix=f"a dtype of {fits} bytes ({_NAMES[fits]}), given where it is made", evidence=told, confidence=0.7,
                freed=Freed(nodes=nodes),
            )  # fmt: skip


def _is_divided(snapshot: Snapshot, node: int) -> bool:
    """Whether the array's values will be others: its function divides it in place."""
    at = snapshot.allocated_at(node)
    return at is not None and is_divided_in_place_at(program_source(snapshot), at.file, at.line)
