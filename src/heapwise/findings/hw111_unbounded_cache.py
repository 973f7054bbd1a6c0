"""HW111: a cache without bound grows.

`functools.cache` and `lru_cache(maxsize=None)` keep every result for ever. With keys that keep changing that is
a leak with a hit rate.

What to do: give it a bound (`lru_cache(maxsize=1024)`); the hit rate that `cache_info()` tells says which. Clean:
a cache of few keys, or one that is full.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding
from heapwise.model.heap_tables import LRU_CACHE

CODE = "HW111"
TITLE = "a cache without bound grows"


def at(place: Place) -> Finding | None:
    """A path by an lru_cache that has no bound."""
    node = place.on_path(LRU_CACHE)
    if node is None:
        return None
    hits, misses, most = (place.snapshot.fact(name, node) for name in ("hits", "misses", "maxsize"))
    bound = "has no bound" if most < 0 else f"is bounded at {most} entries"
    told = [f"the cache {bound}; {hits} hits, {misses} misses"]
    fix = "lru_cache(maxsize=N): choose N by the hit rate that cache_info() tells"
    return place.finding(CODE, TITLE, confidence=0.95, fix=fix, evidence=told)
