"""`heapwise.Snapshot`: a snapshot with the questions that can be asked of it, for programs and notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heapwise.analyze.paths import Answer
from heapwise.model import arrow
from heapwise.model import snapshot as model
from heapwise.model.table import Table
from heapwise.render import heap, svg
from heapwise.views import heap as views


class Snapshot(model.Snapshot):
    """One process's heap, opened from a file: `Snapshot.open("heap.hw")`.

    As text (`print(snapshot)`) it is the report that `heapwise report` shows.
    """

    def why(self, target: str, *, most: int = 5) -> Answer:
        """The paths that keep a target alive: a type, `module.global`, an address (0x...), or `file.py:12`."""
        return views.answer(self, target, most=most)

    def picture(self, target: str) -> bytes:
        """The same as an SVG picture of at most 50 boxes."""
        return svg.render(views.drawing(self, self.why(target)), f"Who keeps {target} alive?")

    def view(self, name: str, *, limit: int = 20) -> Table:
        """One table of the report: types, holders, lines, modules, globals, classes, threads, frames, cycles,
        tree, class-up. limit: rows; 0 for all. KeyError for another name."""
        return views.QUERIES[name](self, limit)

    def diff(self, *later: model.Snapshot, limit: int = 20) -> Sequence[Table]:
        """What the last of later snapshots has more than this one: by type, by holder, by allocation line."""
        return views.difference([self, *later], limit=limit).tables

    def query(self, sql: str) -> Any:
        """Rows of a SELECT over objects, edges, types, roots, dominators, sites, as an Arrow table. Needs the
        extra `sql`; MissingExtraError without, duckdb.Error for what is no query."""
        return arrow.connection(self, sql).sql(sql).to_arrow_table()

    def __str__(self) -> str:
        return heap.text(views.build(self))
