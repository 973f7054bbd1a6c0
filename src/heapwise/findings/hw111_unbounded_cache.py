"""HW111: a cache without bound grows.

`functools.cache` and `lru_cache(maxsize=None)` keep every result for ever. With keys that keep changing that is
a leak with a hit rate.

What to do: give it a bound (`lru_cache(maxsize=1024)`, tried by `--prove`); the hit rate that `cache_info()` tells says
which. Costs: what was dropped is worked out again. Clean: a cache of few keys, or one that is full.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import Place, structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import LRU_CACHE
from heapwise.model.snapshot import Snapshot

CODE = "HW111"
TITLE = "a cache without bound grows"
FIX = "lru_cache(maxsize=N): choose N by the hit rate that cache_info() tells"
_LEAST_MISSES, _LEAST_SHARE, _LEAST_BYTES = 10_000, 0.2, 8 << 20


def at(place: Place) -> Finding | None:
    """A path by an lru_cache that has no bound."""
    node = place.on_path(LRU_CACHE)
    if node is None:
        return None
    hits, misses, most = (place.snapshot.fact(name, node) for name in ("hits", "misses", "maxsize"))
    bound = "has no bound" if most < 0 else f"is bounded at {most} entries"
    told = [f"the cache {bound}; {hits} hits, {misses} misses"]
    return place.finding(CODE, TITLE, confidence=0.95, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches of functools without a bound that keep a good part of the heap, in thousands of entries."""
    least = max(_LEAST_BYTES, _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    hits = snapshot.facts.get("hits", {})
    for node, misses in snapshot.facts.get("misses", {}).items():
        if misses < _LEAST_MISSES or snapshot.fact("maxsize", node) >= 0:
            continue
        kept = [
            step.node for step in snapshot.steps_from(node)
            if snapshot.type_of(step.node) == "dict" and above[step.node] == node
        ]  # fmt: skip
        table = max(kept, key=lambda each: retained[each], default=node)
        size = retained[table]
        if size >= least:
            told = f"the cache has no bound; {hits[node]} hits, {misses} misses, {units.size(size)}"
            yield structural(
                snapshot, table, CODE, TITLE, saving_bytes=size, confidence=0.6, evidence=[told],
                fix=f"{FIX}; or cache_clear() when its keys come no more", freed=Freed(roots=(table,), entirely=True),
            )  # fmt: skip
