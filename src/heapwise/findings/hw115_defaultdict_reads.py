"""HW115: reads of a defaultdict insert entries.

`d[key]` on a `defaultdict` makes an entry for every key that is looked up, though nothing is ever stored in it.

What to do: `d.get(key)` or `key in d` for reads. Clean: entries that are filled.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.program_source import program_source
from heapwise.findings.as_made import AsMade, is_empty
from heapwise.findings.looked_up import only_looks_at
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW115"
TITLE = "reads of a defaultdict insert empty entries"
_EMPTY_BYTES, _MANY = 128, 1000
_SAMPLE, _LEAST_SHARE = 500, 0.5


def at(place: Place) -> Finding | None:
    """A defaultdict whose values are of one type and small, as the factory makes them."""
    snapshot = place.snapshot
    if place.type != "collections.defaultdict":
        return None
    values = [
        s.node
        for s in snapshot.steps_from(place.suspect.node)
        if s.kind in ("key", "int key", "item")
    ]
    sample = values[-1000:]
    empty = [
        node for node in sample
        if (not any(s.kind in ("key", "index", "int key", "item", "element") for s in snapshot.steps_from(node))
        and snapshot.type_of(node) in ("dict", "list", "set", "collections.deque"))
        or (snapshot.type_of(node) not in ("dict", "list", "set", "str", "int", "float")
            and snapshot.nodes("retained_bytes")[node] <= 4 * _EMPTY_BYTES)
    ]  # fmt: skip
    if not sample or len(empty) < 0.9 * len(sample):
        return None
    told = [f"{len(values)} entries, nearly all as the factory makes them"]
    return place.finding(
        CODE,
        TITLE,
        nature=Nature.FAULT,
        confidence=0.85,
        fix="d.get(key), or `key in d`, to read",
        evidence=told,
    )


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Defaultdicts of many entries, of which many are empty containers, or as the factory makes them, or were made by a
    line that only looks at what it finds."""
    least = worth_bytes(snapshot)
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    above, looks, is_as_made = snapshot.nodes("dominator"), _Looks(snapshot), AsMade(snapshot)
    for node in snapshot.of_type_exactly("collections.defaultdict"):
        if snapshot.nodes("edges_count")[node] < _MANY or retained[node] < least:
            continue
        steps = snapshot.steps_from(node)
        keys = [s.node for s in steps if s.kind == "key object"]
        values = [s.node for s in steps if s.kind in ("key", "int key", "item")]
        entries = list(zip(keys, values, strict=False))
        sample = entries[:: max(1, len(entries) // _SAMPLE)]
        empty = [each for each in sample if is_empty(snapshot, each[1])]
        told = f"{len(entries)} entries, {{}} of them empty"
        if sample and len(empty) < _LEAST_SHARE * len(sample):
            empty = [each for each in sample if looks.made(each[1])]
            told = f"{len(entries)} entries, {{}} of them made by a line that only looks at what it finds"
        if sample and len(empty) < _LEAST_SHARE * len(sample):
            empty = [each for each in sample if is_as_made(each[1])]
            told = f"{len(entries)} entries, {{}} of them as the factory made them"
        if len(empty) < _LEAST_SHARE * len(sample) or not sample:
            continue
        share, scale = len(empty) / len(sample), len(entries) / len(sample)
        alone = sum(retained[each] for entry in empty for each in entry if above[each] == node)
        saving = min(retained[node], round(scale * alone + share * sizes[node]))
        if saving >= least:
            yield structural(
                snapshot, empty[-1][1], CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[told.format(round(scale * len(empty)))], fix="d.get(key), or `key in d`, to read",
                freed=Freed(roots=(node,), entirely=share == 1),
            )  # fmt: skip


class _Looks:
    """Which values were made where the program only looks one up."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._known = snapshot, dict[int, bool]()

    def made(self, node: int) -> bool:
        """Whether the innermost line of the program that takes something by a key, of those that an object was made
        by, only looks at it."""
        site = self._snapshot.nodes("site")[node]
        if site not in self._known:
            self._known[site] = self._only_looked_at(node)
        return self._known[site]

    def _only_looked_at(self, node: int) -> bool:
        snapshot = self._snapshot
        own = [
            f for f in snapshot.stack_of(node) if "[" in snapshot.stacks.source_line(f.file, f.line)
        ]
        return bool(own) and only_looks_at(program_source(snapshot), own[-1])
