"""HW323: a large set of numbers.

An element of a set takes 16 bytes and more of its table, of which between a quarter and three fifths is in use, and
each number 32 bytes of its own: 60 to 100 bytes for a number.

What to do: where numbers are dense (ids, indices), a `bytearray` with a place for each, `seen[i] = 1`, or NumPy's bool
array; else a sorted array (`numpy.unique`, `searchsorted`). The saving is that of four bytes for each number. Costs:
the largest number must be known, or looking up takes a search. Clean: small sets; sets of other things.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW323"
TITLE = "a set of numbers"
_LEAST_ELEMENTS, _SAMPLE, _NUMBER_BYTES = 10_000, 200, 4


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large sets and frozensets of ints or floats alone."""
    least = worth_bytes(snapshot)
    counts, sizes = snapshot.nodes("edges_count"), snapshot.nodes("size_bytes")
    first, targets = snapshot.nodes("first_edge"), snapshot.edges("target")
    above, types = snapshot.nodes("dominator"), snapshot.nodes("type")
    numbers = {row for row, name in enumerate(snapshot.type_names) if name in ("int", "float")}
    for kind in ("set", "frozenset"):
        for node in snapshot.of_type_exactly(kind):
            if counts[node] < _LEAST_ELEMENTS:
                continue
            held = targets[first[node] : first[node] + counts[node]]
            if any(types[each] not in numbers for each in sampled(held, _SAMPLE)):
                continue
            own = [each for each in held if above[each] == node and types[each] in numbers]
            now = sizes[node] + sum(sizes[each] for each in own)
            saving = now - _NUMBER_BYTES * len(held)
            if saving >= least:
                yield structural(
                    snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7,
                    evidence=[f"{len(held)} numbers take {now / len(held):.0f} bytes each"],
                    fix="a bytearray with a place for each number where they are dense; else a sorted array",
                    freed=Freed(nodes=[node, *own]),
                )  # fmt: skip
