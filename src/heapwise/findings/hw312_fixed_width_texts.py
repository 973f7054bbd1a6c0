"""HW312: texts in an array of fixed width.

NumPy's `U` type gives every element four bytes for each character of the longest: one text of 500 characters makes
each take 2,000 bytes.

What to do: `np.dtypes.StringDType()` (NumPy 2), Arrow or pandas strings; a category when there are few values. Costs:
functions that want fixed width must convert; an older NumPy has no such type. Clean: texts of nearly one length.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW312"
TITLE = "texts of fixed width"
_ELEMENT_BYTES, _WITHIN = 16, 15
"""What StringDType takes for each, and the longest text that it holds within."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays of type U that are mostly padding."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    sizes = snapshot.nodes("size_bytes")
    for node, used in snapshot.facts.get("characters_count", {}).items():
        count = snapshot.fact("texts_count", node)
        beyond = used if used > _WITHIN * count else 0
        saving = sizes[node] - _ELEMENT_BYTES * count - beyond
        if saving >= least:
            told = [f"{count} texts of {used} characters in all take {sizes[node]} bytes"]
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.8,
                fix="np.dtypes.StringDType(), or Arrow strings", freed=Freed(nodes=[node]),
            )  # fmt: skip
