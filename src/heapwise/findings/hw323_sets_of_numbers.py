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
from heapwise.findings.roles import containers_of
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW323"
TITLE = "a set of numbers"
_LEAST_ELEMENTS, _NUMBER_BYTES = 10_000, 4


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large sets and frozensets of ints or floats alone."""
    least = worth_bytes(snapshot)
    above, sizes = snapshot.nodes("dominator"), snapshot.nodes("size_bytes")
    kinds = ("set", "frozenset")
    for node, numbers in containers_of(snapshot, kinds, ("int", "float"), _LEAST_ELEMENTS):
        own = [each for each in numbers if above[each] == node]
        now = sizes[node] + sum(sizes[each] for each in own)
        saving = now - _NUMBER_BYTES * len(numbers)
        if saving >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{len(numbers)} numbers take {now / len(numbers):.0f} bytes each"],
                fix="a bytearray with a place for each number where they are dense; else a sorted array",
                freed=Freed(nodes=[node, *own]),
            )  # fmt: skip
