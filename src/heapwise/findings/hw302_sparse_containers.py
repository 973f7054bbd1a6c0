"""HW302: a container is mostly empty room.

Dicts and sets never shrink when entries are deleted; lists and bytearrays keep room for growth.

What to do: build it anew when it has shrunk: `d = dict(d.items())`, `s = set(s)`, `l = l[:]`. (`d.copy()` keeps the
table when two thirds of it are live.) Costs: building it anew takes the time of a copy, now and then. Clean: containers
that hold what they have room for.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW302"
TITLE = "a container is mostly empty room"
_FIXES = {
    "dict": "d = dict(d.items())", "set": "s = set(s)", "list": "l = l[:]",
    "bytearray": "b = bytearray(b)", "array.array": "a = a[:]",
}  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of which half or more is room that holds nothing."""
    least = worth_bytes(snapshot)
    sizes = snapshot.nodes("size_bytes")
    for node, slack in enumerate(snapshot.nodes("slack_bytes")):
        if slack >= least and slack >= 0.5 * sizes[node]:
            name = snapshot.type_of(node)
            told = [f"{slack} bytes of {sizes[node]} bytes are room that holds nothing"]
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=slack,
                fix=_FIXES.get(name, "build it anew from its items"), evidence=told,
                freed=Freed(nodes=[node]),
            )  # fmt: skip
