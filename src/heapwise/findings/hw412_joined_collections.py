"""HW412: two collections are joined in one query, and each row of one meets each of the other.

`select(Project).options(joinedload(Project.tasks), joinedload(Project.comments))`: with 400 of each the database gives
160,000 rows, each with the columns of all three tables, for 800 objects; all are fetched before the first object is
made. HW754 sees it in the source, where the options stand in the query; this rule by the rows, wherever they come from
(`relationship(lazy="joined")`, options that are handed on).

What to do: `selectinload(...)` for collections, a query of its own for each; `joinedload` for what there is one of.
Costs: a query more for each collection. The saving is what the fetch held at the peak. Clean: rows of which the texts
differ, and programs that join no collection by themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.made_by_calls import nodes_made_by
from heapwise.analyze.paths import place_of
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.roles import sampled
from heapwise.findings.waste import LEAST_BYTES
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW412"
TITLE = "collections that are joined multiply the rows"
_FETCHES = (
    "CursorFetchStrategy.fetchall",
    "CursorFetchStrategy.fetchmany",
    "BufferedRowCursorFetchStrategy.fetchall",
)
_JOINS = "joinedload"
_LEAST_ROWS, _SAMPLE, _LEAST_VALUES, _LEAST_TURNS = 2000, 2000, 8, 5
_LEAST_SHARE = 0.1


def at_peak(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Rows that a query of SQLAlchemy was fetching at the peak, each pair of two columns' texts once."""
    if not _joins(program_source(snapshot)):
        return
    rows = [node for node in nodes_made_by(snapshot, _FETCHES) if snapshot.type_of(node) == "tuple"]
    at = snapshot.allocated_at(rows[0]) if len(rows) >= _LEAST_ROWS else None
    found = _product(snapshot, sampled(rows, _SAMPLE), len(rows)) if at is not None else None
    if at is None or found is None:
        return
    held = sum(costs.inside_bytes(at.file, at.line, each) for each in _FETCHES)
    saving = round(held * (1 - sum(found) / len(rows)))
    if saving >= max(LEAST_BYTES, _LEAST_SHARE * costs.peak_bytes):
        told = f"{len(rows)} rows are each of {found[0]} values of one column with each of {found[1]} of another"
        yield Finding(
            CODE, TITLE, at.file, at.line, at.function, place_of(snapshot, rows[len(rows) // 2]),
            (told, f"the fetch held {units.size(held)}"), saving, "computed from the recording", 0.7,
            "selectinload(...) for collections: a query of its own for each",
            freed=Freed(lines={(at.file, at.line): saving}),
        )  # fmt: skip


def _joins(source: ProgramSource) -> bool:
    """Whether a program joins what is related, by an option or by the relationship itself."""
    return any(
        getattr(each, "id", getattr(each, "attr", "")) == _JOINS
        for each in (*source.of(ast.Name), *source.of(ast.Attribute))
    ) or any(
        each.arg == "lazy" and getattr(each.value, "value", "") == "joined" for each in source.of(ast.keyword)
    )  # fmt: skip


def _product(snapshot: Snapshot, rows: Sequence[int], count: int) -> tuple[int, int] | None:
    """How many texts two columns have that stand in each combination, and in each once; None where there are none."""
    same = dict(snapshot.copies)
    columns: dict[int, list[int]] = {}
    for row in rows:
        for step in snapshot.steps_from(row):
            if step.kind == "index" and snapshot.type_of(step.node) == "str":
                columns.setdefault(int(step.name), []).append(same.get(step.node, step.node))
    whole = {place: texts for place, texts in columns.items() if len(texts) == len(rows)}
    found = [_of_pair(whole, *pair, count) for pair in combinations(whole, 2)]
    return max((each for each in found if each is not None), key=sum, default=None)


def _of_pair(
    columns: Mapping[int, Sequence[int]], one: int, other: int, count: int
) -> tuple[int, int] | None:
    values = len(set(columns[one])), len(set(columns[other]))
    are_few = all(_LEAST_VALUES <= each <= len(columns[one]) / _LEAST_TURNS for each in values)
    if not are_few or values[0] * values[1] > 2 * count:
        return None
    pairs = set(zip(columns[one], columns[other], strict=True))
    return values if len(pairs) == len(columns[one]) else None
