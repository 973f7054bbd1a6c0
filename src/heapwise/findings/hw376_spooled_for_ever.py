"""HW376: a spooled file stays in memory.

`tempfile.SpooledTemporaryFile()` without `max_size` never goes to the disk: it is a `BytesIO` that says it is a file.

What to do: `SpooledTemporaryFile(max_size=1 << 20)`; what is larger goes to a real file. Costs: what goes to a file is
written and read there. Clean: files below their bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.findings.place import structural
from heapwise.findings.waste import has_no_box, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW376"
TITLE = "a spooled file stays in memory"
_TYPE, _BUFFERS = (
    "tempfile.SpooledTemporaryFile",
    ("_io.BytesIO", "_io.TextIOWrapper", "_io.StringIO"),
)
_LEAST_BYTES, _BOUND_BYTES = 4 << 20, 1 << 20


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Those that have not gone to the disk, together."""
    retained = snapshot.nodes("retained_bytes")
    found = []
    for node in snapshot.of_type_exactly(_TYPE):
        buffer, bound = (attribute(snapshot, node, name) for name in ("_file", "_max_size"))
        if (
            buffer is not None
            and bound is not None
            and has_no_box(snapshot, bound)
            and snapshot.type_of(buffer) in _BUFFERS
            and retained[buffer] > _BOUND_BYTES
        ):
            found.append(buffer)
    size = snapshot.retained_of(found)
    saving = size - _BOUND_BYTES * len(found)
    if saving >= max(_LEAST_BYTES, worth_bytes(snapshot)):
        yield structural(
            snapshot, found[0], CODE, TITLE, saving_bytes=saving, confidence=0.8,
            evidence=[f"{len(found)} spooled files have {units.size(size)} in memory, and none on the disk"],
            fix="SpooledTemporaryFile(max_size=1 << 20)", freed=Freed(roots=found, entirely=True),
        )  # fmt: skip
