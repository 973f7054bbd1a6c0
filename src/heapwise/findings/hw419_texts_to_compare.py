"""HW419: whole texts are kept to be compared.

A set of the texts that have been seen, a table of answers by the text that was asked, an `lru_cache` on a function of a
document: all that is ever done with the text is to find it again. It is kept whole, with thousands of characters; a
digest of it would tell as well.

What to do: `hashlib.blake2b(text.encode(), digest_size=16).digest()` as the key, 64 bytes; of a cache of functools a
table of the function's own, or a cached function of the key with the text beside it. Costs: a digest of each text that
is asked for; the text itself can no longer be shown. Clean: texts of less than 512 bytes; tables that are gone through,
whose keys are then read; caches that hardly hit (HW315).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.program_source import program_source
from heapwise.findings.hw315_useless_caches import MOST_HITS
from heapwise.findings.own_containers import own_containers
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW419"
TITLE = "whole texts that are kept to be compared"
_TEXTS, _SETS = ("str", "bytes"), ("set", "frozenset")
_SEVERAL = ("functools._HashedSeq", "tuple")
"""What a cache has as the key of several arguments."""
_LEAST_COUNT, _LEAST_BYTES, _DIGEST_BYTES = 64, 512, 64
_FIX = "a digest as the key: hashlib.blake2b(text.encode(), digest_size=16).digest()"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches of functools, and sets and dicts of the program that are asked, and never gone through."""
    hits = snapshot.facts.get("hits", {})
    for cache, missed in snapshot.facts.get("misses", {}).items():
        if hits[cache] > MOST_HITS * missed:
            texts = _keys_of_cache(snapshot, cache)
            yield from _finding(snapshot, cache, texts, f"the cache has found {hits[cache]} again")
    source = program_source(snapshot)
    if not source.is_known or source.reads_any_name:
        return
    for own in own_containers(snapshot):
        uses = own.uses
        is_set = snapshot.type_of(own.node) in _SETS
        asked = uses.tests if is_set else (uses.asks or uses.tests)
        if not asked or uses.walks or uses.escapes or (is_set and (uses.asks or uses.hands)):
            continue
        keys = own.entries if is_set else _keys_of(snapshot, own.node)
        texts = _large(snapshot, keys, (own.node,))
        yield from _finding(
            snapshot, own.node, texts, f"{own.name.text} is asked for them, and not gone through"
        )


def _finding(snapshot: Snapshot, node: int, texts: Sequence[int], told: str) -> Iterator[Finding]:
    sizes = snapshot.nodes("size_bytes")
    saving = sum(sizes[each] - _DIGEST_BYTES for each in texts)
    if len(texts) >= _LEAST_COUNT and saving >= worth_bytes(snapshot):
        kept = f"{len(texts)} texts as keys take {units.size(saving + _DIGEST_BYTES * len(texts))}"
        yield structural(
            snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.6, fix=_FIX, evidence=[kept, told],
            freed=Freed(nodes=texts, entirely=True),
        )  # fmt: skip


def _keys_of_cache(snapshot: Snapshot, cache: int) -> list[int]:
    """The large texts among its arguments that it alone keeps."""
    tables = [step.node for step in snapshot.steps_from(cache) if step.kind == "internal"]
    keys = [key for table in tables for key in _keys_of(snapshot, table)]
    several = [key for key in keys if snapshot.type_of(key) in _SEVERAL]
    inside = [step.node for key in several for step in snapshot.steps_from(key)]
    return _large(snapshot, dict.fromkeys((*keys, *inside)), (cache, *tables, *several))


def _keys_of(snapshot: Snapshot, table: int) -> list[int]:
    return [step.node for step in snapshot.steps_from(table) if step.kind == "key object"]


def _large(
    snapshot: Snapshot, keys: Sequence[int] | dict[int, None], holders: Sequence[int]
) -> list[int]:
    above, sizes, of = snapshot.nodes("dominator"), snapshot.nodes("size_bytes"), set(holders)
    return [
        key for key in keys
        if sizes[key] >= _LEAST_BYTES and above[key] in of and snapshot.type_of(key) in _TEXTS
    ]  # fmt: skip
