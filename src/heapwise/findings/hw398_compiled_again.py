"""HW398: a statement is compiled again at each call.

SQLAlchemy keeps 500 to 750 compiled statements for an engine, 20 to 90 KB each. It finds them by a key that it makes of
the statement's parts. Where a part is another object at each call and has no key of its own (a table that is described
anew, a value that does not hash by what it is, a fault of the library as in 2.0.11), no key comes twice: the same text
is compiled each time, and all are kept.

What to do: make the statement once, and give values as parameters; a newer SQLAlchemy; `query_cache_size=` in
`create_engine`. Costs: nothing. Clean: as many texts as statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from heapwise.analyze.paths import attribute
from heapwise.findings.own_containers import entries_of
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW398"
TITLE = "a statement is compiled again at each call"
_CACHE = "sqlalchemy.util._collections.LRUCache"
_LEAST_ENTRIES, _AGAIN = 50, 10
"""How many compiled statements there are for each text at the least."""


class _Entry(NamedTuple):
    """What a cache has for a key, the key, and the text of the statement: the first of those that are equal."""

    node: int
    key: int
    text: int


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches of compiled statements of which many have one text."""
    caches = snapshot.of_type_exactly(_CACHE)
    same = dict(snapshot.copies) if caches else {}
    for cache in caches:
        entries = list(_entries(snapshot, cache, same))
        first = {each.text: each for each in reversed(entries)}
        if len(entries) < _LEAST_ENTRIES or len(entries) < _AGAIN * len(first):
            continue
        once = set(first.values())
        again = [node for each in entries if each not in once for node in (each.node, each.key)]
        saving = snapshot.retained_of(again)
        if saving >= worth_bytes(snapshot):
            yield structural(
                snapshot, again[len(again) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[
                    f"{len(entries)} compiled statements of {len(first)} text{'s' * (len(first) > 1)}: their keys do "
                    "not come twice"
                ],
                fix="make the statement once, with parameters; a newer SQLAlchemy; query_cache_size= of create_engine",
                freed=Freed(roots=again),
            )  # fmt: skip


def _entries(snapshot: Snapshot, cache: int, same: Mapping[int, int]) -> Iterator[_Entry]:
    table = attribute(snapshot, cache, "_data")
    for node in entries_of(snapshot, table) if table is not None else ():
        parts = {step.name: step.node for step in snapshot.steps_from(node)}
        text = attribute(snapshot, parts[1], "string") if 1 in parts else None
        if text is not None:
            yield _Entry(node, parts[0], same.get(text, text))
