"""What deep copies and unpickling keep until they are done: their memos, with the state of every object."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.remembered import remembered
from heapwise.analyze.statement import last_name
from heapwise.model.snapshot import Snapshot

_UNPICKLERS = ("_pickle.Unpickler", "pickle._Unpickler")
_DEEPCOPY, _MEMO = "deepcopy", "memo"
_STATES = ("dict", "tuple")
_OWN = ("int", "list")
"""What the memo of `copy.deepcopy` has beside copies: the numbers of the originals, and a list of these."""
_POINTER_BYTES = 8
_READERS = frozenset(("load", "loads"))
_PICKLES = frozenset(("pickle", "cPickle", "dill", "cloudpickle"))


class Copying(NamedTuple):
    """One copying that is going on. memo: the object that keeps; states: states of objects that nothing but it keeps;
    beside: what else goes with it. is_of_pickle: whether a pickle is read; memo_bytes: of a table that is no object."""

    memo: int
    states: Sequence[int]
    beside: Sequence[int]
    is_of_pickle: bool
    memo_bytes: int


@remembered
def copying(snapshot: Snapshot) -> Sequence[Copying]:
    """The deep copies that are being made, and the pickles that are being read, when a snapshot is taken."""
    return [*_unpickled(snapshot), *_deep_copies(snapshot)]


@remembered
def being_copied(snapshot: Snapshot) -> Set[int]:
    """The memos, and what goes with them when the copying is done: no program made them, and none can change them."""
    return frozenset(
        node for each in copying(snapshot) for node in (each.memo, *each.states, *each.beside)
    )


@remembered
def unpickled_lines(snapshot: Snapshot) -> Set[tuple[str, int]]:
    """(file, line) of the program that reads a pickle once, and has read it: what the line held more at the peak than
    at the snapshot is what the pickle kept while it was read. (From 3.12 on no snapshot can be taken meanwhile.)"""
    if any(map(snapshot.of_type_exactly, _UNPICKLERS)):
        return frozenset()
    source = program_source(snapshot)
    return frozenset(
        (source.file_of(call), line)
        for call in source.of(ast.Call) if reads_pickle(source, call) and not source.is_in_loop(call)
        for line in range(call.lineno, (call.end_lineno or 0) + 1)
    )  # fmt: skip


def reads_pickle(source: ProgramSource, call: ast.Call) -> bool:
    """Whether a call reads a whole pickle: `pickle.load(file)`, or `load(file)` where that is imported from there."""
    func = call.func
    if last_name(func) not in _READERS:
        return False
    if isinstance(func, ast.Attribute):
        return last_name(func.value) in _PICKLES
    imported = (each for each in source.of(ast.ImportFrom) if each.module in _PICKLES)
    return any(
        last_name(func) == (name.asname or name.name) for each in imported for name in each.names
    )


def _unpickled(snapshot: Snapshot) -> Iterator[Copying]:
    counts = snapshot.nodes("edges_count")
    for kind in _UNPICKLERS:
        for node in snapshot.of_type_exactly(kind):
            own = [step.node for step in snapshot.steps_from(node) if step.name == _MEMO]
            memo = own[0] if own else node
            table = 0 if own else _POINTER_BYTES * counts[node]
            yield Copying(memo, _states(snapshot, memo), own, True, table)


def _deep_copies(snapshot: Snapshot) -> Iterator[Copying]:
    labels = snapshot.labels
    frames = (n for n in snapshot.of_type_exactly("<frame>") if labels.get(n) == _DEEPCOPY)
    memos = {
        step.node for frame in frames for step in snapshot.steps_from(frame)
        if step.kind == "local" and step.name == _MEMO and snapshot.type_of(step.node) == "dict"
    }  # fmt: skip
    for memo in sorted(memos):
        beside = [memo, *_alone(snapshot, memo, _OWN)]
        originals = [node for node in beside if snapshot.type_of(node) == "list"]
        states = [node for each in (memo, *originals) for node in _states(snapshot, each)]
        yield Copying(memo, states, beside, False, 0)


def _states(snapshot: Snapshot, memo: int) -> list[int]:
    """The states that a memo keeps. That of an object with slots is a tuple with a dict, which the memo may have as
    well."""
    found, above = _alone(snapshot, memo, _STATES), snapshot.nodes("dominator")
    pairs = (node for node in found if snapshot.type_of(node) == "tuple")
    return found + [
        step.node for pair in pairs for step in snapshot.steps_from(pair)
        if above[step.node] in (memo, pair) and snapshot.type_of(step.node) == "dict"
    ]  # fmt: skip


def _alone(snapshot: Snapshot, memo: int, kinds: Sequence[str]) -> list[int]:
    """What only a memo refers to, of some types."""
    types, refcounts = snapshot.nodes("type"), snapshot.nodes("refcount")
    wanted = {row for row, name in enumerate(snapshot.type_names) if name in kinds}
    return [
        node for node in snapshot.children(memo)
        if types[node] in wanted and refcounts[node] == 1
    ]  # fmt: skip
