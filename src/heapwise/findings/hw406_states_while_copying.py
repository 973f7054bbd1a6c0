"""HW406: copying or unpickling many objects keeps the state of each until all are done.

`copy.deepcopy(items)` and `pickle.load(file)` remember all that they have made, since it may come again: each object's
state, a dict that nobody wants afterwards, is there until the last object is made. And each object has a `__dict__` of
its own from then on, for life; those that were copied as well.

What to do: do without the copy where the original is not used any more; make each anew by its class
(`Item(each.name, each.price)`, `dataclasses.replace`, a method `copy`), or copy only what will be changed. Of pickles:
write and read them one by one (`for item in items: pickle.dump(item, file)`), of a class whose `__reduce__` gives
`(Item, (self.name, self.price))`. Costs: what two items share is there twice where each is copied by itself. The saving
is what the memo alone keeps at the peak, with the dicts. Clean: few objects, and arrays.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set
from itertools import product
from math import ceil

from heapwise import units
from heapwise.analyze.being_copied import Copying, copying, unpickled_lines
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites, sampled
from heapwise.findings.waste import block_bytes, holders_of, mean, python_version, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW406"
TITLE = "states of objects are kept until all are copied"
_LEAST_STATES, _SAMPLE = 1000, 100
_MOST_SHARED_KEYS = 29
"""From 30 attributes on, instances of a class share no keys."""
_LEAST_TEXT_BYTES = 64 << 10
_PLAIN = frozenset(("dict", "tuple", "list", "set", "str", "bytes", "int", "float"))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Deep copies and pickles that were under way."""
    sizes = snapshot.nodes("size_bytes")
    for each in copying(snapshot):
        if len(each.states) < _LEAST_STATES:
            continue
        at = snapshot.allocated_at(each.states[len(each.states) // 2])
        written = _written_at(snapshot, at) if each.is_of_pickle and at else frozenset()
        texts = _texts(snapshot, at, written) if at else []
        is_copy = bool(written) or not each.is_of_pickle
        dicts, own_bytes = _own_dicts(snapshot, _lines_of(snapshot, each.states), is_copy=is_copy)
        states_bytes = sum(map(sizes.__getitem__, each.states))
        saving = (
            states_bytes
            + each.memo_bytes
            + own_bytes
            + sum(map(sizes.__getitem__, [*each.beside, *texts]))
        )
        if saving >= worth_bytes(snapshot):
            yield structural(
                snapshot, each.states[len(each.states) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=_told(each, states_bytes, len(dicts), own_bytes),
                fix=_fix(is_copy=is_copy),
                freed=Freed(nodes=[*each.states, *each.beside, *texts, *dicts]),
            )  # fmt: skip


def at_peak(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Pickles that had been read when the snapshot was taken."""
    lines = lines_of_sites(snapshot)
    held: dict[int, float] = {}
    for site, size in snapshot.held.items():
        line = lines.get(site, -1)
        held[line] = held.get(line, 0.0) + size
    for line in sorted(held):
        at = snapshot.stacks.user_frame(snapshot.site_rows[line]) if line >= 0 else None
        if at is None or (at.file, at.line) not in unpickled_lines(snapshot):
            continue
        passed_bytes = costs.of(at.file, at.line, at.line).peak_bytes - round(held[line])
        written = _written_at(snapshot, at)
        texts = _texts(snapshot, at, written - {at.line})
        dicts, own_bytes = _own_dicts(snapshot, {line}, is_copy=bool(written))
        saving = (
            passed_bytes + own_bytes + sum(snapshot.nodes("size_bytes")[node] for node in texts)
        )
        if dicts and passed_bytes > 0 and saving >= worth_bytes(snapshot):
            told = [
                f"while it was read, {units.size(passed_bytes)} were there besides what it gave: states of all objects",
                *_told_of_dicts(len(dicts), own_bytes),
            ]
            yield Finding(
                CODE, TITLE, at.file, at.line, at.function, evidence=tuple(told), saving_bytes=saving,
                method="computed from the recording", confidence=0.6, fix=_fix(is_copy=bool(written)),
                freed=Freed(lines={(at.file, at.line): saving}),
            )  # fmt: skip


def _told(each: Copying, states_bytes: int, dicts_count: int, own_bytes: int) -> list[str]:
    by = "a pickle that is read" if each.is_of_pickle else "copy.deepcopy"
    told = f"{by} keeps {len(each.states)} states of objects, {units.size(states_bytes)}, until it is done"
    return [told, *_told_of_dicts(dicts_count, own_bytes)]


def _told_of_dicts(count: int, own_bytes: int) -> list[str]:
    if not count:
        return []
    return [
        f"{count} objects have got a __dict__ of their own by it, which takes {units.size(own_bytes)} more than "
        "attributes do that their class gave them"
    ]


def _fix(*, is_copy: bool) -> str:
    if is_copy:
        return (
            "no copy where the original is not used any more; or make each anew by its class, or only those that are "
            "changed"
        )
    return (
        "write and read them one by one, pickle.dump(item, file) for each; and let their class make them: "
        "def __reduce__(self): return type(self), (what __init__ takes)"
    )


def _lines_of(snapshot: Snapshot, nodes: Sequence[int]) -> Set[int]:
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    return {lines.get(sites[node], -1) for node in sampled(nodes, _SAMPLE)} - {-1}


def _own_dicts(snapshot: Snapshot, made_at: Set[int], *, is_copy: bool) -> tuple[list[int], int]:
    """The dicts that instances which some lines made have got of their own, and what these take more than attributes
    would. Of a copy those of the originals as well."""
    lines, sites, counts = (
        lines_of_sites(snapshot),
        snapshot.nodes("site"),
        snapshot.nodes("edges_count"),
    )
    found: list[int] = []
    size = 0
    for row in snapshot.types:
        if row.objects_count < _LEAST_STATES or row.type in _PLAIN:
            continue
        nodes = snapshot.of_type_exactly(row.type)
        copies = [node for node in nodes if lines.get(sites[node]) in made_at]
        if len(copies) < _LEAST_STATES:
            continue
        asked = nodes if is_copy else copies
        dicts = [own for node in asked if counts[node] for own in holders_of(snapshot, node)[1:]]
        found += dicts
        size += _more_bytes(snapshot, dicts)
    return found, size


def _more_bytes(snapshot: Snapshot, dicts: Sequence[int]) -> int:
    """What dicts of their own take more than attributes that a class gave."""
    sizes = snapshot.nodes("size_bytes")
    names = round(mean(_names_count(snapshot, node) for node in sampled(dicts, _SAMPLE)))
    if names > _MOST_SHARED_KEYS:
        return 0
    # From 3.13 on, an instance has room for its attributes whether it has a dict or not.
    is_apart = python_version(snapshot.meta) < (3, 13)
    given = block_bytes(8 * (names + 1) + 8 * ceil((names + 3) / 8)) if is_apart else 0
    return sum(max(0, sizes[node] - given) for node in dicts)


def _names_count(snapshot: Snapshot, node: int) -> int:
    return sum(step.kind == "key" for step in snapshot.steps_from(node))


def _written_at(snapshot: Snapshot, at: Frame) -> Set[int]:
    """The lines that made the pickle that a line reads, in the same function: a copy by way of a pickle."""
    source = program_source(snapshot)
    calls = [call for call in source.of(ast.Call) if source.file_of(call) == at.file]
    read = [
        c
        for c in calls
        if _named(c, "loads") and c.args and c.lineno <= at.line <= (c.end_lineno or 0)
    ]
    found: set[int] = set()
    for reads, writes in product(read, (each for each in calls if _named(each, "dumps"))):
        above, given = source.above(writes), reads.args[0]
        names = [last_name(each) for each in above.targets] if isinstance(above, ast.Assign) else []
        is_same = source.scope_of(writes) is source.scope_of(reads)
        if writes is given or (is_same and last_name(given) in names):
            found |= {*range(writes.lineno, (writes.end_lineno or 0) + 1)}
    return found


def _named(call: ast.Call, name: str) -> bool:
    return last_name(call.func) == name


def _texts(snapshot: Snapshot, at: Frame, written: Set[int]) -> list[int]:
    """The pickles that some lines of a file made, as far as they are there."""
    sizes = snapshot.nodes("size_bytes")
    return [
        node for node in (snapshot.of_type_exactly("bytes") if written else ())
        if sizes[node] >= _LEAST_TEXT_BYTES and (made := snapshot.allocated_at(node)) is not None
        and made.file == at.file and made.line in written
    ]  # fmt: skip
