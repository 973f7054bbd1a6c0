"""HW206: temporary files are made and not removed.

A `NamedTemporaryFile` or `TemporaryDirectory` lives on the disk until it is closed or cleaned up.

What to do: `with tempfile.TemporaryDirectory() as place: ...`. Costs: nothing. Clean: as many after each round as
before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW206"
TITLE = "temporary files are made and not removed"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="temporary files",
        fix='with tempfile.TemporaryDirectory() as place: ...',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    kinds = ("tempfile._TemporaryFileWrapper", "tempfile.TemporaryDirectory",
             "tempfile.SpooledTemporaryFile")  # fmt: skip
    return named(snapshot, *kinds)
