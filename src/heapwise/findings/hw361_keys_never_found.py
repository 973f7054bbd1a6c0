"""HW361: the keys of a table are never found again.

`float("nan")` is equal to nothing, not to itself either: a memo that is asked by `(zone, nan)` does not find what it
has, makes it anew, and keeps it beside the others. So it is with keys in which an object without an equality of its own
stands: each call brings another.

What to do: make such a key one that is equal to itself before it is asked for (`weight = None if math.isnan(weight)
else weight`), or ask by what tells objects apart (`job.id`). Costs: nothing. Clean: tables whose keys differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW361"
TITLE = "keys of a table are never found again"
_KEY_OBJECT = EDGE_KINDS.index("key object")
_LEAST_ENTRIES, _LEAST_PART = 100, 0.25


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts with many keys that look alike: they cannot be equal, or there were one entry."""
    retained, least = snapshot.nodes("retained_bytes"), worth_bytes(snapshot)
    for mapping, keys in _alike(snapshot).items():
        if len(keys) < _LEAST_ENTRIES or retained[mapping] < least:
            continue
        entries = _entries(snapshot, mapping, keys)
        count = snapshot.nodes("edges_count")[mapping] // 2
        saving = snapshot.retained_of(entries)
        if len(keys) >= _LEAST_PART * count and saving >= least:
            told = f"{len(keys)} of {count} keys look the same as another, and are not equal to it: they never hit"
            yield structural(
                snapshot, mapping, CODE, TITLE, saving_bytes=saving, confidence=0.9, evidence=[told],
                fix="put None in the place of NaN, or an id in that of an object, before the table is asked",
                freed=Freed(roots=entries),
            )  # fmt: skip


def _alike(snapshot: Snapshot) -> dict[int, list[int]]:
    """Dict -> keys in it that hold the same as another of its keys."""
    parents, edges = snapshot.parents
    kinds = snapshot.edges("kind")
    found: dict[int, list[int]] = {}
    seen: set[tuple[int, int]] = set()
    for node, of in (*snapshot.copies, *zip(*snapshot.pairs("equal_numbers"), strict=True)):
        mapping = parents[node]
        if mapping != NO_NODE and kinds[edges[node]] == _KEY_OBJECT:
            if (mapping, of) in seen or parents[of] == mapping:
                found.setdefault(mapping, []).append(node)
            seen.add((mapping, of))
    return found


def _entries(snapshot: Snapshot, mapping: int, keys: Sequence[int]) -> list[int]:
    """The keys of a dict with their values."""
    wanted, numbers = set(keys), set()
    steps = snapshot.steps_from(mapping)
    for step in steps:
        if step.kind == "key object" and step.node in wanted:
            numbers.add(step.name)
    return [*keys, *(step.node for step in steps if step.kind == "item" and step.name in numbers)]
