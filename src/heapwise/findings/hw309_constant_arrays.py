"""HW309: an array holds one value, or nearly nothing but zeros.

What to do: one value is `np.broadcast_to(value, shape)`, which takes none of it; an array that is mostly zeros is
`scipy.sparse`. Clean: zeros, which are filled later; buffers that the program writes to; arrays whose pages were
never touched, which take nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW309"
TITLE = "an array of one value"
SPARSE = "an array of zeros, mostly"
_LEAST_ZEROS, _INDEX_BYTES = 0.9, 4


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays that are constant, or nine tenths zeros and more."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    sizes = snapshot.nodes("size_bytes")
    constant = snapshot.facts.get("constant", {})
    work = library_work(snapshot)
    for node in constant:
        # Nothing but zeros is what an array looks like that is still to be filled.
        if snapshot.fact("zeros_count", node) == 0 and sizes[node] >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=sizes[node], evidence=["every element is the same"],
                fix="np.broadcast_to(value, shape)", confidence=0.6,
                freed=Freed(nodes=[node]),
            )  # fmt: skip
    for node, zeros in snapshot.facts.get("zeros_count", {}).items():
        element, count = (
            snapshot.fact(name, node, 1) for name in ("element_bytes", "elements_count")
        )
        filled = max(0, count - zeros)
        saving = sizes[node] - filled * (element + _INDEX_BYTES)
        mostly = node not in constant and zeros >= _LEAST_ZEROS * count
        if mostly and saving >= least and not work.has(snapshot, node):
            yield structural(
                snapshot, node, CODE, SPARSE, saving_bytes=saving, fix="scipy.sparse, of the form its use needs",
                evidence=[f"{zeros} of {count} elements are 0"], confidence=0.6,
                freed=Freed(nodes=[node]),
            )  # fmt: skip
