"""HW112: a cache on a method keeps its instances.

`@lru_cache` on a method has `self` in every key: the cache belongs to the class, lives as long as it, and keeps
every instance that ever called the method, with all it holds.

What to do: cache by instance (`functools.cached_property`; or `self.f = lru_cache(maxsize=128)(self._f)` in
`__init__`), or make the method a function of what it really depends on. Costs: instances no longer share results; with
`lru_cache` each is a ring, and waits for the collector: the saving is without those that wait together.
Clean: instances die when their last user drops them; a cache with a bound that is mostly hit, of few instances with
many entries each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from heapwise.analyze.waiting import would_wait
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import python_version
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.heap_tables import LRU_CACHE
from heapwise.model.snapshot import Snapshot

CODE = "HW112"
TITLE = "a cache on a method keeps its instances"
FIX = "cache by instance: functools.cached_property, or lru_cache(...)(self._f) in __init__"
_LEAST, _MANY_EACH, _LOOKED = 2, 10, 100
_RING_COUNT, _RING_COUNT_OF_3_13 = 6, 7
"""Objects of `self.f = lru_cache(...)(self._f)` that the collector counts: method, wrapper, its dicts and functions."""


def at(place: Place) -> Finding | None:
    """A path by a cache in a class, to keys that hold instances of it."""
    node = place.on_path(LRU_CACHE)
    if node is None:
        return None
    owner = _owner(place.snapshot, node, _class_dicts(place.snapshot))
    kept = _kept(place.snapshot, node, owner) if owner else set()
    if len(kept) < _LEAST or place.snapshot.fact("maxsize", node, -1) >= 0:
        return None  # one with a bound fills, and grows no further
    return place.finding(
        CODE,
        TITLE,
        nature=Nature.FAULT,
        confidence=0.97,
        fix=FIX,
        evidence=_told(place.snapshot, node, kept),
    )


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Every cache in a class whose keys hold instances of it."""
    caches = list(snapshot.of_type_exactly(LRU_CACHE))
    namespaces = _class_dicts(snapshot) if caches else {}
    for node in caches:
        owner = _owner(snapshot, node, namespaces)
        kept = _kept(snapshot, node, owner) if owner else set()
        retained = snapshot.nodes("retained_bytes")[node]
        if len(kept) >= _LEAST and not _is_of_use(snapshot, node, len(kept)):
            told, confidence, share = _told(snapshot, node, kept), 0.9, 0.0
            alone = [each for each in sorted(kept) if node in snapshot.dominators(each)]
            if alone and _has_arguments(snapshot, node):
                is_new = python_version(snapshot.meta) >= (3, 13)
                more_each = _RING_COUNT_OF_3_13 if is_new else _RING_COUNT
                waiting = would_wait(snapshot, alone, more_each)
                share = waiting / len(kept)
                told.append(
                    f"with a cache each they are rings: {waiting} would wait for the collector"
                )
            if (bound := snapshot.fact("maxsize", node, -1)) >= 0:
                told, confidence = [*told, f"at most {bound} entries"], 0.6
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=retained, fix=FIX, evidence=told,
                confidence=confidence, freed=Freed(roots=(node,), entirely=True, in_hand_share=share),
            )  # fmt: skip


def _is_of_use(snapshot: Snapshot, cache: int, instances: int) -> bool:
    """Whether a cache has a bound, is mostly hit, and many of its entries are of the same instance."""
    hits, misses, bound = (snapshot.fact(name, cache, -1) for name in ("hits", "misses", "maxsize"))
    return bound >= _MANY_EACH * instances and hits >= _MANY_EACH * max(misses, 1)


def _class_dicts(snapshot: Snapshot) -> dict[int, str]:
    """The namespaces of classes, and the names of these."""
    return {
        step.node: snapshot.labels.get(node, "")
        for node in dict.fromkeys(snapshot.type_nodes)
        for step in snapshot.steps_from(node)
        if step.name == "__dict__"
    }


def _owner(snapshot: Snapshot, wrapper: int, namespaces: Mapping[int, str]) -> str:
    """The name of the class whose attribute a wrapper is; empty when it is none's."""
    steps = snapshot.path_to(wrapper)
    if len(steps) >= 3 and steps[-2].name == "__dict__":
        return namespaces.get(steps[-2].node, "")
    parents, _ = snapshot.parents
    return namespaces.get(parents[wrapper], "")


def _has_arguments(snapshot: Snapshot, wrapper: int) -> bool:
    """Whether keys have more than the instance: `cached_property` is no cache for these."""
    counts = snapshot.nodes("edges_count")
    tables = [s.node for s in snapshot.steps_from(wrapper) if snapshot.type_of(s.node) == "dict"]
    keys = (s.node for each in tables for s in snapshot.steps_from(each) if s.kind == "key object")
    return any(
        counts[key] > 1 and snapshot.type_of(key) == "tuple" for key in islice(keys, _LOOKED)
    )


def _kept(snapshot: Snapshot, wrapper: int, owner: str) -> set[int]:
    """The instances of the class in the first place of keys."""
    found = set()
    for link in snapshot.steps_from(wrapper):
        if snapshot.type_of(link.node) != "dict":
            continue
        for key in snapshot.steps_from(link.node):
            if key.kind == "key object":
                first = next((s for s in snapshot.steps_from(key.node) if s.kind == "index"), None)
                at = key.node if first is None else first.node
                if snapshot.type_of(at) == owner:
                    found.add(at)
    return found


def _told(snapshot: Snapshot, wrapper: int, kept: set[int]) -> list[str]:
    hits, misses = (snapshot.fact(name, wrapper) for name in ("hits", "misses"))
    name = snapshot.type_of(next(iter(kept)))
    return [f"its keys keep {len(kept)} {name}; {hits} hits, {misses} misses"]
