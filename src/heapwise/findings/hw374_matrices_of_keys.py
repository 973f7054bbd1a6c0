"""HW374: a sparse matrix is kept as a dict of keys.

SciPy's `dok_array` takes single elements fast, and 150 to 200 bytes for each: an entry of a dict, a tuple of two ints,
a number. `csr_array` takes 12 to 16.

What to do: `matrix.tocsr()` when it is filled; or gather rows, columns and values in `array.array`, and make a
`coo_array` of them. Costs: elements are then looked up more slowly, products are faster. Clean: small matrices; those
that are filled all the time.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.paths import attribute
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW374"
TITLE = "a sparse matrix as a dict of keys"
_TYPES = ("dok_array", "dok_matrix")
_ENTRY_BYTES = 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """SciPy's matrices of that form."""
    least = worth_bytes(snapshot)
    names = [
        name for name in dict.fromkeys(row.type for row in snapshot.types)
        if name.startswith("scipy.sparse.") and name.endswith(_TYPES)
    ]  # fmt: skip
    retained = snapshot.nodes("retained_bytes")
    for node in (each for name in names for each in snapshot.of_type_exactly(name)):
        table = attribute(snapshot, node, "_dict") or node  # before SciPy 1.12 it was a dict itself
        entries = sum(step.kind == "key object" for step in snapshot.steps_from(table))
        saving = retained[node] - _ENTRY_BYTES * entries
        if entries and saving >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{entries} elements take {retained[node] / entries:.0f} bytes each"],
                fix="matrix.tocsr() when it is filled", freed=Freed(roots=[node]),
            )  # fmt: skip
