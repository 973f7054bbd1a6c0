"""HW201: files are opened and not closed.

An open file holds a descriptor, of which a process has few (often 1024), and a buffer.

What to do: `with open(path) as file: ...`. Costs: nothing. Clean: as many files open after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW201"
TITLE = "files are opened and not closed"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="open files",
        fix='with open(path) as file: ...',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    fds = snapshot.facts.get("fd", {})
    return [node for node in named(snapshot, "_io.FileIO") if fds.get(node, -1) > 2]
