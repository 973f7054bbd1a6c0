"""HW374: a sparse matrix is kept as a dict of keys.

SciPy's `dok_array` takes single elements fast, and 150 to 200 bytes for each: an entry of a dict, a tuple of two ints,
a number. `csr_array` takes 12 to 16.

What to do: `matrix.tocsr()` when it is filled; or gather rows, columns and values in `array.array`, and make a
`coo_array` of them. Costs: elements are then looked up more slowly, products are faster. Clean: small matrices; those
that are filled all the time.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW374"
TITLE = "a sparse matrix as a dict of keys"
_TYPES = ("dok_array", "dok_matrix")
_KEY_OBJECT, _ENTRY_BYTES = EDGE_KINDS.index("key object"), 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """SciPy's matrices of that form."""
    least = worth_bytes(snapshot)
    names = [
        name for name in dict.fromkeys(row.type for row in snapshot.types)
        if name.startswith("scipy.sparse.") and name.endswith(_TYPES)
    ]  # fmt: skip
    kinds, first, counts = (
        snapshot.edges("kind"),
        snapshot.nodes("first_edge"),
        snapshot.nodes("edges_count"),
    )
    for node in (each for name in names for each in snapshot.of_type_exactly(name)):
        tables = [node, *(step.node for step in snapshot.steps_from(node) if step.name == "_dict")]
        tables += [
            inner.node for step in snapshot.steps_from(node) if step.name == "__dict__"
            for inner in snapshot.steps_from(step.node) if inner.name == "_dict"
        ]  # fmt: skip
        entries = max(
            sum(
                kinds[edge] == _KEY_OBJECT
                for edge in range(first[each], first[each] + counts[each])
            )
            for each in tables
        )
        saving = snapshot.retained_of([node]) - _ENTRY_BYTES * entries
        if entries and saving >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{entries} elements take {snapshot.retained_of([node]) / entries:.0f} bytes each"],
                fix="matrix.tocsr() when it is filled", freed=Freed(roots=[node]),
            )  # fmt: skip
