"""HW320: a dict of small dicts.

A dict takes 232 bytes and more for each of its entries that is a dict again, however few entries that has: 64 bytes
of head, a table for five, the collector's header.

What to do: one dict with pairs as keys, `d[a, b]`, where inner dicts have one entry or two; a tuple of keys and values
in turn, or three arrays sorted by the first key, where they are not changed any more. Costs: all of one first key are
no longer a step away. Clean: inner dicts of many entries, records with the same keys (HW304).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.own_classes import are_made_by_holders, is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, commonest, held_by, sampled, shown
from heapwise.findings.waste import block_bytes, mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW320"
TITLE = "a dict of small dicts"
_LEAST_COUNT, _SAMPLE, _MOST_ENTRIES, _ALIKE = 200, 200, 6, 0.9
_TUPLE_BYTES = 40


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts that dicts hold, of different keys and few entries."""
    least = worth_bytes(snapshot)
    sizes = snapshot.nodes("size_bytes")
    parents, _ = snapshot.parents
    for role, found in by_role(snapshot, ("dict", "collections.defaultdict")).items():
        if len(found) < _LEAST_COUNT or sum(sizes[node] for node in found) < least:
            continue
        if is_of_library(snapshot, snapshot.type_names[role.owner]):
            continue
        nodes = [node for node in found if snapshot.type_of(parents[node]).endswith("dict")]
        if len(nodes) < 0.9 * len(found) or _are_records(snapshot, nodes):
            continue
        entries = mean(len(held_by(snapshot, node)) for node in sampled(nodes, _SAMPLE))
        if not 0.5 <= entries <= _MOST_ENTRIES:
            continue
        now = sum(sizes[node] for node in nodes)
        then = round(len(nodes) * block_bytes(_TUPLE_BYTES + 16 * round(entries)))
        if now - then < least or are_made_by_holders(snapshot, nodes):
            continue
        told = (
            f"{len(nodes)} dicts ({shown(snapshot, role)}) of {entries:.1f} entries take {now / len(nodes):.0f} bytes "
            "each"
        )
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=now - then, confidence=0.7,
            evidence=[told],
            fix="one dict with pairs as keys, d[a, b]; or (key, value, key, value, ...) tuples, or sorted arrays",
            freed=Freed(nodes=nodes),
            recipe=Recipe("nested", "tuples", len(nodes), now, {"entries": max(1, round(entries))}),
        )  # fmt: skip


def _are_records(snapshot: Snapshot, nodes: Sequence[int]) -> bool:
    """Whether they have the same keys, all of them names."""
    names, share = commonest(
        frozenset(str(step.name) for step in snapshot.steps_from(node) if step.kind == "key")
        for node in sampled(nodes, _SAMPLE)
    )
    return bool(names) and share >= _ALIKE
