"""The comparison of recordings: which queries it shows, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heapwise.analyze.compare import Runs, changed_functions, changed_lines, summaries
from heapwise.analyze.selection import Selection
from heapwise.model.table import Table


@dataclass(frozen=True)
class Difference:
    """Everything a renderer may show of a comparison: it computes nothing further."""

    groups: Sequence[Runs]
    selection: Selection
    summary: Table
    lines: Table
    functions: Table

    @property
    def repeated(self) -> bool:
        """Whether noise could be measured: each of the compared kinds has run more than once."""
        return min(len(self.groups[0]), len(self.groups[-1])) > 1


def build(groups: Sequence[Runs], selection: Selection) -> Difference:
    """Compares the last group with the first."""
    return Difference(
        groups,
        selection,
        summaries(groups),
        changed_lines(groups, selection),
        changed_functions(groups, selection),
    )
