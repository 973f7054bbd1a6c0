"""HW356: a few rows keep all categories.

A column of categories that is cut to some rows keeps the whole list of them: five rows of a log, thirty thousand names
of users, and the hash table by which they were looked up.

What to do: `column.cat.remove_unused_categories()` on what is kept. Clean: columns with as many rows as categories;
lists of categories that several columns share, or that are kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.analyze.total import below
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW356"
TITLE = "a few rows keep all categories"
_COLUMNS = ("pandas.Categorical", "pandas.core.arrays.categorical.Categorical")
_LEAST_BYTES, _LEAST_RATIO, _HEAD_BYTES, _LEAST_AT_PEAK = 32 << 10, 20, 112, 3


def scan(snapshot: Snapshot) -> Iterator[Finding]:
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
    # At a peak a few may be on their way to lose what they do not use.
    least_count = _LEAST_AT_PEAK if snapshot.is_of_peak else 1
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
    """What Arrow has of the categories' names, which no object has."""
    return sum(snapshot.fact("column_bytes", node) for node in below(snapshot, kinds))
