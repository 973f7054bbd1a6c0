"""HW202: sockets are opened and not closed.

An open socket holds a descriptor and buffers in the kernel, and the peer waits.

What to do: `with socket.create_connection(address) as connection: ...`, or `contextlib.closing`. Costs: nothing. Clean:
as many sockets open after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW202"
TITLE = "sockets are opened and not closed"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="open sockets",
        fix='with socket.create_connection(address) as connection: ...',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    fds = snapshot.facts.get("fd", {})
    kinds = ("socket.socket", "_socket.socket", "ssl.SSLSocket")
    return [node for node in named(snapshot, *kinds) if fds.get(node, -1) > 2]
