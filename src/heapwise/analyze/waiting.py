"""Rings that a program makes and lets go of one after another wait for the collector: how many at a time?"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from heapwise.analyze.program_source import program_source
from heapwise.analyze.total import below
from heapwise.model.snapshot import Snapshot

_YOUNG, _MIDDLE, _OLD = range(3)
_FULL_SHARE = 0.25
"""The oldest generation is collected when as much has come to it as this part of what was there."""
_LEAST_MADE, _MOST_OBJECTS = 200, 2_000_000
"""What is made after so many rings or objects waits as these do."""
_PLAIN = (
    "str", "bytes", "bytearray", "int", "float", "bool", "complex", "NoneType", "range", "code", "numpy.ndarray",
    "numpy.float64", "numpy.int64", "numpy.bool_", "datetime.datetime", "datetime.date", "datetime.timedelta",
)  # fmt: skip
"""What the collector does not look at."""

Ring = list[int]
"""How many of its objects are in each generation."""


def would_wait(snapshot: Snapshot, nodes: Sequence[int], more_each: int = 0) -> int:
    """How many of some objects would wait for the collector at most, with all that they alone keep, if each were let go
    of before the next is made; 0 where what they keep does not lead back to them. more_each: objects that a change adds
    to each, by which it does."""
    middle = nodes[len(nodes) // 2]
    if not (more_each or _leads_back(snapshot, middle)):
        return 0
    thresholds = [snapshot.figure(f"{each}_threshold") for each in ("first", "second", "third")]
    if snapshot.figure("collector_disabled") or not thresholds[_YOUNG]:
        return len(nodes) - 1
    types, plain = snapshot.nodes("type"), snapshot.type_rows(*_PLAIN)
    made = sum(types[node] not in plain for node in below(snapshot, nodes))
    there = sum(kind not in plain for kind in types)
    in_use = 2 if _has_the_last(snapshot, middle) else 1
    each = made // len(nodes) + more_each
    return most_waiting(len(nodes), each, thresholds, there - made, in_use)


def _leads_back(snapshot: Snapshot, node: int) -> bool:
    targets = snapshot.edges("target")
    kept = below(snapshot, (node,))
    return any(node in targets[snapshot.edges_of(each)] for each in kept)


def _has_the_last(snapshot: Snapshot, node: int) -> bool:
    """Whether a loop that made an object has the last one while the next is made: a name that it binds again."""
    source, frames = program_source(snapshot), snapshot.stack_of(node)
    lines = {(each.file, each.line) for each in frames}
    return any(
        source.is_in_loop(each) for each in source.of(ast.Assign)
        if (source.file_of(each), each.lineno) in lines and isinstance(each.value, ast.Call)
        and not all(isinstance(target, (ast.Subscript, ast.Attribute)) for target in each.targets)
    )  # fmt: skip


def most_waiting(
    count: int, objects_each: int, thresholds: Sequence[int], old_count: int, in_use: int = 1
) -> int:
    """How many of `count` rings of so many objects wait at most beside the last one. thresholds: as
    `gc.get_threshold()` gives them; old_count: the objects of the program that stay; in_use: how many the program still
    has while it makes one, that one with them. Source: gc_collect_generations and gc_collect_main in
    Modules/gcmodule.c, 3.11 to 3.13."""
    collector = _Collector(thresholds, old_count, in_use)
    most = 0
    for _ in range(min(count, max(_LEAST_MADE, _MOST_OBJECTS // objects_each))):
        collector.make(objects_each)
        most = max(most, len(collector.rings))
    return max(0, most - 1)


class _Collector:
    """rings: those that are there, those in use last."""

    def __init__(self, thresholds: Sequence[int], old_count: int, in_use: int) -> None:
        self.rings: list[Ring] = []
        self._in_use = in_use
        self._thresholds, self._counts = thresholds, [0, 0, 0]
        self._base_count = self._old_count = old_count
        self._new_in_old = 0

    def make(self, objects_count: int) -> None:
        """Makes the next ring; then the program lets go of the one before."""
        ring = [0, 0, 0]
        self.rings.append(ring)
        left = objects_count
        while left:
            step = max(1, min(left, self._thresholds[0] + 1 - self._counts[0]))
            left -= step
            self._counts[0] += step
            ring[_YOUNG] += step - 1
            if self._counts[0] > self._thresholds[0]:
                self._collect(self._due())
            ring[_YOUNG] += 1  # the one for whose making the collector came

    def _due(self) -> int:
        is_full = self._new_in_old >= _FULL_SHARE * self._old_count
        if self._counts[2] > self._thresholds[2] and is_full:
            return _OLD
        return _MIDDLE if self._counts[1] > self._thresholds[1] else _YOUNG

    def _collect(self, generation: int) -> None:
        """What an older part keeps, or the program, moves on; the other rings go."""
        waiting, used = self.rings[: -self._in_use], self.rings[-self._in_use :]
        self.rings = [each for each in waiting if sum(each[generation + 1 :])] + used
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
