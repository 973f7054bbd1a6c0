"""The answer of a query: named columns of equal length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """Rows of one query. `columns` keeps the order in which they are shown."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    note: str = ""
    """What was left out, or how to read it; empty when there is nothing to say."""

    def __post_init__(self) -> None:
        lengths = {len(values) for values in self.columns.values()}
        assert len(lengths) <= 1, f"columns of {self.name} differ in length"

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict, in order."""
        names = list(self.columns)
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))
