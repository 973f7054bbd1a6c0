"""HW356: a few rows keep all categories.

A column of categories that is cut to some rows keeps the whole list of them: five rows of a log, thirty thousand names
of users, and the hash table by which they were looked up. So does a `MultiIndex` with the values of its levels.

What to do: `column.cat.remove_unused_categories()`, or `part.index = part.index.remove_unused_levels()`, on what is
kept. Costs: categories that come again must be added. Clean: columns with as many rows as categories; lists of
categories that several columns share, or that are kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.analyze.freed import below
from heapwise.analyze.paths import attribute
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW356"
TITLE = "a few rows keep all categories"
TITLE_OF_LEVELS = "a few rows keep all levels"
_INDEXES = ("pandas.MultiIndex", "pandas.core.indexes.multi.MultiIndex")
_COLUMNS = ("pandas.Categorical", "pandas.core.arrays.categorical.Categorical")
_LEAST_BYTES, _LEAST_RATIO, _HEAD_BYTES, _LEAST_AT_PEAK = 32 << 10, 20, 112, 3


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Columns and indexes of few rows, by line."""
    yield from _columns(snapshot)
    yield from _indexes(snapshot)


def _indexes(snapshot: Snapshot) -> Iterator[Finding]:
    """Indexes of several levels whose values take many times what their codes do, and are theirs alone."""
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    groups: dict[int, list[int]] = {}
    for node in (each for kind in _INDEXES for each in snapshot.of_type_exactly(kind)):
        groups.setdefault(lines.get(sites[node], sites[node]), []).append(node)
    for group in groups.values():
        levels = {level for index in group for level in _levels(snapshot, index)}
        codes = (node for index in group for node in _of_list(snapshot, index, "_codes"))
        codes_bytes = sum(snapshot.nodes("foreign_bytes")[node] for node in codes)
        kept = sorted(levels)
        size = snapshot.retained_of(kept) + _characters_bytes(snapshot, group) if kept else 0
        if len(group) < _least_count(snapshot) or size < max(
            worth_bytes(snapshot), _LEAST_RATIO * codes_bytes
        ):
            continue
        told = f"{len(group)} indexes of few rows each keep all values of their levels"
        yield structural(
            snapshot, group[len(group) // 2], CODE, TITLE_OF_LEVELS, saving_bytes=size, confidence=0.7, evidence=[told],
            fix="part.index = part.index.remove_unused_levels() on what is kept", freed=Freed(roots=kept),
        )  # fmt: skip


def _levels(snapshot: Snapshot, index: int) -> Iterator[int]:
    """The values of its levels, and what it gave out as such."""
    yield from _of_list(snapshot, index, "_levels")
    cache = attribute(snapshot, index, "_cache")
    if cache is not None:
        yield from _of_list(snapshot, cache, "levels")


def _of_list(snapshot: Snapshot, node: int, name: str) -> Iterator[int]:
    listed = attribute(snapshot, node, name)
    for step in snapshot.steps_from(listed) if listed is not None else ():
        if step.kind == "index":
            yield step.node


def _least_count(snapshot: Snapshot) -> int:
    """At a peak a few may be on their way to lose what they do not use."""
    return _LEAST_AT_PEAK if snapshot.is_of_peak else 1


def _columns(snapshot: Snapshot) -> Iterator[Finding]:
    """Columns whose categories take many times what their codes do, and are theirs alone, by line."""
    sizes, retained, above = (
        snapshot.nodes(name) for name in ("size_bytes", "retained_bytes", "dominator")
    )
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    groups: dict[int, list[tuple[int, int]]] = {}
    for column in (node for kind in _COLUMNS for node in snapshot.of_type_exactly(kind)):
        codes_bytes = kind_node = 0
        for step in snapshot.steps_from(column):
            if snapshot.type_of(step.node) == "numpy.ndarray":
                codes_bytes = max(0, sizes[step.node] - _HEAD_BYTES)
            elif snapshot.type_of(step.node).endswith("CategoricalDtype"):
                kind_node = step.node
        least = max(_LEAST_BYTES, _LEAST_RATIO * codes_bytes)
        if (
            codes_bytes
            and kind_node
            and above[kind_node] == column
            and retained[kind_node] >= least
        ):
            site = sites[column]
            groups.setdefault(lines.get(site, site), []).append((column, kind_node))
    least_count = _least_count(snapshot)
    for group in groups.values():
        if len(group) < least_count:
            continue
        kinds = [kind for _, kind in group]
        size = sum(retained[node] for node in kinds) + _characters_bytes(snapshot, kinds)
        if size >= worth_bytes(snapshot):
            # Where the rows were taken, and not where the list of all was made.
            yield structural(
                snapshot, group[len(group) // 2][0], CODE, TITLE, saving_bytes=size, confidence=0.7,
                evidence=[f"{len(kinds)} columns of few rows each keep a list of categories of their own"],
                fix="column.cat.remove_unused_categories() on what is kept", freed=Freed(roots=kinds),
            )  # fmt: skip


def _characters_bytes(snapshot: Snapshot, kinds: Sequence[int]) -> int:
    """What Arrow has of the names, which no object has: once, where several columns show it."""
    found = {
        (snapshot.fact("buffers_at", node) or node): snapshot.fact("column_bytes", node)
        for node in below(snapshot, kinds)
    }
    return sum(found.values())
