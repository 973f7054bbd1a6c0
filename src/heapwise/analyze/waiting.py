"""Rings that a program makes and lets go of one after another wait for the collector: how many at a time?"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence

from heapwise.analyze.freed import below
from heapwise.analyze.program_source import program_source
from heapwise.model.snapshot import Snapshot

_YOUNG, _MIDDLE, _OLD = range(3)
_FULL_SHARE = 0.25
"""The oldest generation is collected when as much has come to it as this part of what was there."""
_MOST_SHARE = 0.5
"""Of few rings all would wait, were it for them alone: what else a program makes calls the collector as well."""
_LEAST_MADE, _MOST_OBJECTS = 200, 2_000_000
"""What is made after so many rings or objects waits as these do."""
_PLAIN = (
    "str", "bytes", "bytearray", "int", "float", "bool", "complex", "NoneType", "range", "code", "numpy.ndarray",
    "numpy.float64", "numpy.int64", "numpy.bool_", "datetime.datetime", "datetime.date", "datetime.timedelta",
)  # fmt: skip
"""What the collector does not look at."""
_FREE_LISTS: Mapping[str, int] = {"dict": 80, "list": 80, "tuple": 2000}
"""So many that are let go of are taken again, and are not new to the collector then. Source: Objects/dictobject.c,
listobject.c, tupleobject.c (tuples: of each length)."""

Ring = list[int]
"""How many of its objects are in each generation."""


def would_wait(snapshot: Snapshot, nodes: Sequence[int], more_each: int = 0) -> int:
    """How many of some objects would wait for the collector at most, with all that they alone keep, if each were let go
    of before the next is made, half of them at the most; 0 where what they keep does not lead back to them. more_each:
    objects that a change adds to each, by which it does."""
    middle = nodes[len(nodes) // 2]
    if not (more_each or _leads_back(snapshot, middle)):
        return 0
    thresholds = [snapshot.figure(f"{each}_threshold") for each in ("first", "second", "third")]
    if snapshot.figure("collector_disabled") or not thresholds[_YOUNG]:
        return round(_MOST_SHARE * len(nodes))
    types, plain = snapshot.nodes("type"), snapshot.type_rows(*_PLAIN)
    kinds = Counter(types[node] for node in below(snapshot, nodes))
    made = sum(count for kind, count in kinds.items() if kind not in plain)
    again = [
        (sum(kinds[row] for row in snapshot.type_rows(name)) // len(nodes), most)
        for name, most in _FREE_LISTS.items()
    ]  # fmt: skip
    there = sum(kind not in plain for kind in types)
    each = made // len(nodes) + more_each
    beside_last = round(each * _share_beside_last(snapshot, middle))
    waiting = most_waiting(len(nodes), each, thresholds, there - made, beside_last, again)
    return min(waiting, round(_MOST_SHARE * len(nodes)))


def _leads_back(snapshot: Snapshot, node: int) -> bool:
    targets = snapshot.edges("target")
    kept = below(snapshot, (node,))
    return any(node in targets[snapshot.edges_of(each)] for each in kept)


def _share_beside_last(snapshot: Snapshot, node: int) -> float:
    """Which part of what an object alone keeps was made while a loop still had the last one: by the call whose result
    it binds to a name again and again."""
    source, made = program_source(snapshot), below(snapshot, (node,))
    lines = {(each.file, each.line) for each in snapshot.stack_of(node)}
    binds = {
        (source.file_of(each), each.lineno) for each in source.of(ast.Assign)
        if (source.file_of(each), each.lineno) in lines and isinstance(each.value, ast.Call) and source.is_in_loop(each)
        and not all(isinstance(target, (ast.Subscript, ast.Attribute)) for target in each.targets)
    }  # fmt: skip
    if not binds:
        return 0.0
    stacks = (snapshot.stack_of(each) for each in made)
    found = [any((at.file, at.line) in binds for at in stack) for stack in stacks if stack]
    return sum(found) / max(1, len(found))


def most_waiting(
    count: int, objects_each: int, thresholds: Sequence[int], old_count: int, beside_last: int = 0,
    again: Sequence[tuple[int, int]] = (),
) -> int:  # fmt: skip
    """How many of `count` rings of so many objects wait at most beside the last one. thresholds: as
    `gc.get_threshold()` gives them; old_count: the objects of the program that stay; beside_last: so many objects of a
    ring are made while the program still has the one before. again: (how many of a ring are of a type of which objects
    that were let go of are taken again, how many of these are held ready). Source: gc_collect_generations and
    gc_collect_main in Modules/gcmodule.c, 3.11 to 3.13."""
    collector = _Collector(thresholds, old_count, beside_last, again)
    most = 0
    for _ in range(min(count, max(_LEAST_MADE, _MOST_OBJECTS // objects_each))):
        collector.make(objects_each)
        most = max(most, len(collector.rings))
    return max(0, most - 1)


class _Collector:
    """rings: those that are there, those in use last."""

    def __init__(
        self, thresholds: Sequence[int], old_count: int, beside_last: int,
        again: Sequence[tuple[int, int]],
    ) -> None:  # fmt: skip
        self.rings: list[Ring] = []
        self._beside_last = beside_last
        self._again, self._ready = again, [0] * len(again)
        self._thresholds, self._counts = thresholds, [0, 0, 0]
        self._base_count = self._old_count = old_count
        self._new_in_old = 0

    def make(self, objects_count: int) -> None:
        """Makes the next ring; then the program lets go of the one before."""
        ring = [0, 0, 0]
        self.rings.append(ring)
        left = objects_count - self._take_again(ring)
        while left:
            step = max(1, min(left, self._thresholds[0] + 1 - self._counts[0]))
            left -= step
            self._counts[0] += step
            ring[_YOUNG] += step - 1
            if self._counts[0] > self._thresholds[0]:
                self._collect(self._due())
            ring[_YOUNG] += 1  # the one for whose making the collector came

    def _take_again(self, ring: Ring) -> int:
        """Takes what is held ready; returns how many."""
        taken = [
            min(ready, each) for ready, (each, _) in zip(self._ready, self._again, strict=True)
        ]
        self._ready = [ready - some for ready, some in zip(self._ready, taken, strict=True)]
        ring[_YOUNG] += sum(taken)
        return sum(taken)

    def _due(self) -> int:
        is_full = self._new_in_old >= _FULL_SHARE * self._old_count
        if self._counts[2] > self._thresholds[2] and is_full:
            return _OLD
        return _MIDDLE if self._counts[1] > self._thresholds[1] else _YOUNG

    def _collect(self, generation: int) -> None:
        """What an older part keeps, or the program, moves on; the other rings go."""
        in_use = 2 if sum(self.rings[-1]) < self._beside_last else 1
        waiting, used = self.rings[:-in_use], self.rings[-in_use:]
        left = [each for each in waiting if sum(each[generation + 1 :])]
        gone = len(waiting) - len(left)
        self._ready = [
            min(most, ready + gone * each)
            for ready, (each, most) in zip(self._ready, self._again, strict=True)
        ]
        self.rings = left + used
        for each in self.rings:
            moved = sum(each[: generation + 1])
            each[: generation + 1] = [0] * (generation + 1)
            each[min(generation + 1, _OLD)] += moved
            self._new_in_old += moved if generation == _MIDDLE else 0
        self._counts[: generation + 1] = [0] * (generation + 1)
        if generation < _OLD:
            self._counts[generation + 1] += 1
        else:
            self._old_count = self._base_count + sum(map(sum, self.rings))
            self._new_in_old = 0
