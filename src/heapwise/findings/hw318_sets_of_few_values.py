"""HW318: many sets over a few values.

A set takes 216 bytes with up to four elements, 728 with up to eighteen. Where all of them choose from the same few
values (features, permissions, days), a number with a bit for each says the same in 32 bytes.

What to do: `enum.Flag`, or an int: `bits |= 1 << index[value]`; where the same sets come again and again, one
frozenset for each: `pool.setdefault(s, s)`. Costs: a set is a plainer thing to read. Clean: sets over many values, few
sets.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.own_classes import is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, held_by, shown
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW318"
TITLE = "sets over a few values"
MOST_VALUES = 64
_LEAST_COUNT, _SMALL_INTS = 200, 8
_INT_BYTES = block_bytes(28)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Sets by who holds them."""
    least = worth_bytes(snapshot)
    sizes = snapshot.nodes("size_bytes")
    same_as = dict(snapshot.copies)
    for role, nodes in by_role(snapshot, ("set", "frozenset")).items():
        if len(nodes) < _LEAST_COUNT or sum(sizes[node] for node in nodes) < least:
            continue
        if is_of_library(snapshot, snapshot.type_names[role.owner]):
            continue
        values: set[int] = set()
        filled = 0
        for node in nodes:
            held = held_by(snapshot, node)
            filled += bool(held)
            values.update(same_as.get(each, each) for each in held)
            if len(values) > MOST_VALUES:
                break
        now = sum(sizes[node] for node in nodes)
        then = _INT_BYTES * len(nodes) if len(values) > _SMALL_INTS else 0  # small ints are shared
        if len(values) > MOST_VALUES or 2 * filled < len(nodes) or now - then < least:
            continue
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=now - then, confidence=0.7,
            evidence=[f"{len(nodes)} sets ({shown(snapshot, role)}) over {len(values)} values: {now} bytes"],
            fix="an int with a bit for each value (enum.Flag), or one shared frozenset for each combination",
            freed=Freed(nodes=nodes),
            recipe=Recipe("bits", "int", len(nodes), now, {"values": len(values)}),
        )  # fmt: skip
