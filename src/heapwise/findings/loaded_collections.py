"""Collections of SQLAlchemy's objects that are loaded, with those of their rows that are in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from heapwise.analyze.paths import attribute
from heapwise.model.snapshot import Snapshot

_KINDS = (
    "sqlalchemy.orm.collections.InstrumentedList", "sqlalchemy.orm.collections.InstrumentedSet",
    "sqlalchemy.orm.collections.InstrumentedDict",
)  # fmt: skip
_SAMPLE, _ALONE = 50, 0.5


class Loaded(NamedTuple):
    """A collection, and its rows that are in the database."""

    node: int
    rows: Sequence[int]


def loaded_collections(snapshot: Snapshot) -> Mapping[str, Sequence[Loaded]]:
    """Class of the rows -> its loaded collections."""
    found: dict[str, list[Loaded]] = {}
    for node in (each for kind in _KINDS for each in snapshot.of_type_exactly(kind)):
        rows = [
            step.node for step in snapshot.steps_from(node)
            if step.kind != "type" and _is_written(snapshot, step.node)
        ]  # fmt: skip
        if rows:
            found.setdefault(snapshot.type_of(rows[0]), []).append(Loaded(node, rows))
    return found


def are_kept_there(snapshot: Snapshot, collections: Sequence[Loaded]) -> bool:
    """Whether the collections alone keep most of their rows: a session that is writing has a second look at some."""
    above = snapshot.nodes("dominator")
    alone = sum(above[row] == each.node for each in collections for row in each.rows)
    return alone >= _ALONE * sum(len(each.rows) for each in collections)


def with_states(snapshot: Snapshot, rows: Sequence[int]) -> list[int]:
    """Rows, and what a session knows them by."""
    states = (attribute(snapshot, row, "_sa_instance_state") for row in rows)
    return [*rows, *(state for state in states if state is not None)]


def made_share(snapshot: Snapshot, rows: Sequence[int]) -> float:
    """The share of rows that the program itself has made, by a few of them: the others were loaded."""
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    return sum(_is_made(snapshot, row) for row in sample) / max(len(sample), 1)


def _is_made(snapshot: Snapshot, row: int) -> bool:
    """Whether a statement of the program calls its class."""
    at = snapshot.grown_at(row)
    name = snapshot.type_of(row).rpartition(".")[2]
    return at is not None and f"{name}(" in snapshot.stacks.source_line(at.file, at.line)


def _is_written(snapshot: Snapshot, row: int) -> bool:
    state = attribute(snapshot, row, "_sa_instance_state")
    return state is not None and attribute(snapshot, state, "key") is not None
