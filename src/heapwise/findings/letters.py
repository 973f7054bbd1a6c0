"""Prefix trees of dicts, one dict for each letter: which objects they are made of, and how many words stand in them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from heapwise.analyze.remembered import remembered
from heapwise.findings.roles import sampled
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

_KEY, _KEY_OBJECT, _ATTRIBUTE = map(EDGE_KINDS.index, ("key", "key object", "attribute"))
_LEAST_DICTS, _SAMPLE, _LEAST_OF_SAMPLE = 2000, 400, 0.4
_LEAST_DEPTH, _MOST_DEPTH, _LEAST_LETTERS = 4, 1000, 8
_MOST_ENDS = 0.5
"""Of the dicts of a tree: where more have something besides letters, they carry data."""
_LATIN = 255
"""There is one text for each letter up to this one."""
_PLAIN = frozenset(("bool", "NoneType", "int", "str", "float"))
_TEXT_BYTES, _WIDE_TEXT_BYTES, _PLACE_BYTES, _ALIGNMENT = 49, 74, 8, 16
"""What a text takes beside its letters (two bytes each where they are wide), its place in a list, and what sizes are
rounded up to."""


class Letters(NamedTuple):
    """nodes: the dicts, the objects between them, and letters of their own. words_count: those that stand in them.
    words_bytes: what a list of these would take."""

    nodes: Sequence[int]
    words_count: int
    words_bytes: int


class _Step(NamedTuple):
    """child: the dict of the next letter. way: the objects from the value to it, and the letter, if it is its own."""

    letter: str
    child: int
    way: list[int]


@remembered
def in_trees_of_letters(snapshot: Snapshot) -> Set[int]:
    """Their objects."""
    return frozenset(letters(snapshot).nodes)


@remembered
def letters(snapshot: Snapshot) -> Letters:
    """All prefix trees of a heap that has thousands of such dicts."""
    dicts, reader = snapshot.of_type_exactly("dict"), _Reader(snapshot)
    some = sampled(dicts, _SAMPLE) if len(dicts) >= _LEAST_DICTS else []
    if not some or sum(bool(reader.steps(each)) for each in some) < _LEAST_OF_SAMPLE * len(some):
        return Letters((), 0, 0)
    below = {node: steps for node in dicts if (steps := reader.steps(node))}
    met = [step.child for steps in below.values() for step in steps]
    inner = set(met)
    if len(inner) < len(met):  # shared: no tree
        return Letters((), 0, 0)
    nodes: list[int] = []
    words_count = words_bytes = 0
    for root in (node for node in below if node not in inner):
        tree = _Tree(root, below, reader)
        if tree.is_of_words:
            nodes += tree.nodes
            words_count += sum(tree.ends)
            words_bytes += tree.words_bytes
    return Letters(nodes, words_count, words_bytes)


class _Tree:
    """nodes: its objects. ends: how many words end at each depth."""

    def __init__(self, root: int, below: dict[int, list[_Step]], reader: _Reader) -> None:
        self.nodes, level = [root], [root]
        self.ends: list[int] = []
        self._letters: set[str] = set()
        dicts_count = 1
        while level and len(self.ends) < _MOST_DEPTH:
            steps = [below.get(node, []) for node in level]
            counts = (reader.ends(node, len(each)) for node, each in zip(level, steps, strict=True))
            self.ends.append(sum(counts))
            self._letters |= {step.letter for each in steps for step in each}
            self.nodes += (node for each in steps for step in each for node in step.way)
            level = [step.child for each in steps for step in each]
            dicts_count += len(level)
        self.is_of_words = (
            dicts_count >= _LEAST_DICTS and len(self.ends) >= _LEAST_DEPTH
            and len(self._letters) >= _LEAST_LETTERS and sum(self.ends) <= _MOST_ENDS * dicts_count
        )  # fmt: skip

    @property
    def words_bytes(self) -> int:
        """What a list of its words would take."""
        is_wide = any(ord(each) > _LATIN for each in self._letters)
        head, each_bytes = (_WIDE_TEXT_BYTES, 2) if is_wide else (_TEXT_BYTES, 1)
        return sum(
            count * (_PLACE_BYTES - (-(head + depth * each_bytes) // _ALIGNMENT) * _ALIGNMENT)
            for depth, count in enumerate(self.ends)
        )


class _Reader:
    """Reads dicts by the columns of their edges: there are hundreds of thousands."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._kinds, self._names, self._targets = (
            snapshot.edges(name) for name in ("kind", "name", "target")
        )
        self._dicts, self._types = snapshot.type_rows("dict"), snapshot.nodes("type")
        self._above = snapshot.nodes("dominator")
        self._letters: dict[int, str] = {}

    def steps(self, node: int) -> list[_Step]:
        """From a dict to those of the next letter."""
        held = self._snapshot.edges_of(node)
        found, own = [], 0
        for edge in range(held.start, held.stop):
            kind, target = self._kinds[edge], self._targets[edge]
            if kind == _KEY_OBJECT:
                own = target if self._above[target] == node else 0
            letter = self._letter(self._names[edge]) if kind == _KEY else ""
            way = self._way(target) if letter else []
            if way:
                is_own = ord(letter) > _LATIN and own
                found.append(_Step(letter, way[-1], [own, *way] if is_own else way))
        return found

    def ends(self, node: int, steps_count: int) -> int:
        """How many words end at a dict: by its other entries, or as it leads nowhere."""
        keys = bytes(self._kinds[self._snapshot.edges_of(node)]).count(_KEY)
        return keys - steps_count if keys else 1

    def _way(self, value: int) -> list[int]:
        """The objects from a value to the dict of the next letter: it is one, or has one as an attribute, and nothing
        else but marks and numbers."""
        if self._types[value] in self._dicts:
            return [value]
        held = self._snapshot.edges_of(value)
        parts = [
            self._targets[edge] for edge in range(held.start, held.stop) if self._kinds[edge] == _ATTRIBUTE
        ]  # fmt: skip
        tables = [each for each in parts if self._types[each] in self._dicts]
        others = (each for each in parts if self._types[each] not in self._dicts)
        is_plain = len(tables) == 1 and all(
            self._snapshot.type_of(each) in _PLAIN for each in others
        )
        return [value, tables[0]] if is_plain else []

    def _letter(self, text: int) -> str:
        """A key of one letter; empty where it is none."""
        known = self._letters.get(text)
        if known is None:
            shown = self._snapshot.text(text)
            known = self._letters[text] = shown if len(shown) == 1 else ""
        return known
