"""Prefix trees of dicts, one dict for each letter: which objects they are made of, and how many words stand in them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple
from weakref import WeakKeyDictionary

from heapwise.findings.roles import sampled
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

_KEY, _ATTRIBUTE = EDGE_KINDS.index("key"), EDGE_KINDS.index("attribute")
_LEAST_DICTS, _SAMPLE, _LEAST_OF_SAMPLE = 2000, 400, 0.4
_LEAST_DEPTH, _MOST_DEPTH = 4, 1000
_TEXT_BYTES, _PLACE_BYTES, _ALIGNMENT = 49, 8, 16
"""What a text takes beside its letters, its place in a list, and what sizes are rounded up to."""


class Letters(NamedTuple):
    """nodes: the dicts, and the objects between them. words_count: those that stand in them. words_bytes: what a list
    of these would take."""

    nodes: Sequence[int]
    words_count: int
    words_bytes: int


class _Step(NamedTuple):
    """child: the dict of the next letter. way: the objects from the value to it."""

    child: int
    way: list[int]


_known: WeakKeyDictionary[Snapshot, Letters] = WeakKeyDictionary()
_in_trees: WeakKeyDictionary[Snapshot, Set[int]] = WeakKeyDictionary()


def letters(snapshot: Snapshot) -> Letters:
    """All prefix trees of a heap that has thousands of such dicts."""
    if snapshot not in _known:
        _known[snapshot] = _found(snapshot)
    return _known[snapshot]


def in_trees_of_letters(snapshot: Snapshot) -> Set[int]:
    """Their objects."""
    if snapshot not in _in_trees:
        _in_trees[snapshot] = frozenset(letters(snapshot).nodes)
    return _in_trees[snapshot]


def _found(snapshot: Snapshot) -> Letters:
    dicts, reader = snapshot.of_type_exactly("dict"), _Reader(snapshot)
    some = sampled(dicts, _SAMPLE) if len(dicts) >= _LEAST_DICTS else []
    if not some or sum(bool(reader.steps(each)) for each in some) < _LEAST_OF_SAMPLE * len(some):
        return Letters((), 0, 0)
    below = {node: steps for node in dicts if (steps := reader.steps(node))}
    inner = {step.child for steps in below.values() for step in steps}
    nodes: list[int] = []
    words_count = words_bytes = 0
    for root in (node for node in below if node not in inner):
        found, ends = _tree(root, below, reader)
        if len(ends) >= _LEAST_DEPTH:
            nodes += found
            words_count += sum(ends)
            words_bytes += sum(count * _word_bytes(depth) for depth, count in enumerate(ends))
    return Letters(nodes, words_count, words_bytes)


def _tree(root: int, below: dict[int, list[_Step]], reader: _Reader) -> tuple[list[int], list[int]]:
    """(the objects of a tree, how many words end at each depth)."""
    nodes, level, seen = [root], [root], {root}
    ends: list[int] = []
    while level and len(ends) < _MOST_DEPTH:
        steps = [below.get(node, []) for node in level]
        ends.append(
            sum(reader.ends(node, len(each)) for node, each in zip(level, steps, strict=True))
        )
        new = {step.child: step for each in steps for step in each if step.child not in seen}
        seen.update(new)
        nodes += (node for step in new.values() for node in step.way)
        level = list(new)
    return nodes, ends


def _word_bytes(letters_count: int) -> int:
    return _PLACE_BYTES - (-(_TEXT_BYTES + letters_count) // _ALIGNMENT) * _ALIGNMENT


class _Reader:
    """Reads dicts by the columns of their edges: there are hundreds of thousands."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._kinds, self._names, self._targets = (
            snapshot.edges(name) for name in ("kind", "name", "target")
        )
        self._dicts, self._types = snapshot.type_rows("dict"), snapshot.nodes("type")
        self._is_letter: dict[int, bool] = {}

    def steps(self, node: int) -> list[_Step]:
        """From a dict to those of the next letter."""
        held = self._snapshot.edges_of(node)
        ways = (
            self._way(self._targets[edge]) for edge in range(held.start, held.stop)
            if self._kinds[edge] == _KEY and self._is_one_letter(self._names[edge])
        )  # fmt: skip
        return [_Step(way[-1], way) for way in ways if way]

    def ends(self, node: int, steps_count: int) -> int:
        """How many words end at a dict: by its other entries, or as it leads nowhere."""
        keys = bytes(self._kinds[self._snapshot.edges_of(node)]).count(_KEY)
        return keys - steps_count if keys else 1

    def _way(self, value: int) -> list[int]:
        """The objects from a value to the dict of the next letter: it is one, or has one as an attribute."""
        if self._types[value] in self._dicts:
            return [value]
        held = self._snapshot.edges_of(value)
        for edge in range(held.start, held.stop):
            target = self._targets[edge]
            if self._kinds[edge] == _ATTRIBUTE and self._types[target] in self._dicts:
                return [value, target]
        return []

    def _is_one_letter(self, text: int) -> bool:
        known = self._is_letter.get(text)
        if known is None:
            known = self._is_letter[text] = len(self._snapshot.text(text)) == 1
        return known
