"""
HW110: a bounded cache fills.

A cache with a bound (`lru_cache(maxsize=...)`, the standard library's own caches of patterns and the like) grows until
it is full, and then no more. That is a warm-up, not a leak.

What to do: nothing; or a smaller bound, when what it keeps is large. Costs: with a smaller bound what was dropped is
made again. Clean: all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature
from heapwise.model.heap_tables import LRU_CACHE

CODE = "HW110"
TITLE = "a bounded cache fills"
_OF_THE_LIBRARY: Sequence[str] = (
    "re._cache", "re._cache2", "re._compiler", "sre_compile", "fnmatch.", "struct._cache", "encodings._cache",
    "_strptime._regex_cache", "urllib.parse._parse_cache",
)  # fmt: skip
_WEAK_TABLES = ("sqlite3.Connection",)
"""Types that keep a list of weak references to what they made, and clear it now and then."""


def at(place: Place) -> Finding | None:
    """A path by an lru_cache with a bound, or to a cache of the standard library that has one."""
    node = place.on_path(LRU_CACHE)
    bound = -1 if node is None else place.snapshot.fact("maxsize", node, -1)
    of_library = place.suspect.holder.startswith(tuple(_OF_THE_LIBRARY)) or _is_weak_table(place)
    if bound < 0 and not of_library:
        return None
    told = (
        [f"it holds at most {bound} entries"] if bound >= 0 else ["the standard library bounds it"]
    )
    fix = "nothing; or a smaller bound, when its entries are large"
    return place.finding(CODE, TITLE, nature=Nature.BOUNDED, confidence=0.3, fix=fix, evidence=told)


def _is_weak_table(place: Place) -> bool:
    """A list of dead weak references that its owner clears."""
    return place.type == "list" and place.path_types[-2:-1] in [[name] for name in _WEAK_TABLES]
