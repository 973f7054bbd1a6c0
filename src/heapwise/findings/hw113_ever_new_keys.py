"""HW113: a dict gains ever-new keys.

A dict that is used as a cache or a registry, keyed by what each request brings (ids, paths, queries): entries
come, and none goes.

What to do: bound it (`functools.lru_cache(maxsize=...)`, `cachetools.TTLCache`), delete entries when they are done
with, or use a `weakref.WeakValueDictionary`. Costs: what was dropped is made again. Clean: a dict whose keys are a
closed set.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW113"
TITLE = "a dict gains ever-new keys"
_DICTS = ("dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter")


def at(place: Place) -> Finding | None:
    """A dict that a module or an object holds."""
    if place.type not in _DICTS:
        return None
    if place.suspect.node in place.snapshot.namespaces:
        return None
    count = sum(place.elements.values())
    told = [f"it has {count} entries"]
    fix = (
        "bound it (lru_cache(maxsize=...), a TTL cache), or delete entries when they are done with"
    )
    return place.finding(CODE, TITLE, nature=Nature.GENERAL, confidence=0.8, fix=fix, evidence=told)
