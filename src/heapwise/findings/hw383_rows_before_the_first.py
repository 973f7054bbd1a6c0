"""HW383: all rows of a query are made before a loop gets the first.

`for row in session.scalars(select(Payment))` reads like a stream. SQLAlchemy fetches the whole result, makes an object
of each row, and only then gives out the first: at the peak the database's rows and all the objects stand side by side.

What to do: `select(...).execution_options(yield_per=500)`, or `session.scalars(...).yield_per(500)`: so many at once.
Costs: the rows' connection is busy until the loop ends. Clean: results of which a few rows are alive at a time; rows
that the program itself keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.made_by_calls import is_made_by, nodes_made_by
from heapwise.findings.place import structural
from heapwise.findings.query_sets import is_passing
from heapwise.findings.roles import lines_of_sites, sampled
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW383"
TITLE = "all rows are made before the first is given out"
_MAKES = ("instances.<locals>.chunks",)
"""Of sqlalchemy.orm.loading: it gives out a part of a result at a time, all of it where nothing else is said."""
_LEAST_SHARE, _LEAST_ROWS, _SAMPLE = 0.1, 1000, 500
_LOOP = re.compile(r"\bfor\b.*\bin\b")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """What SQLAlchemy has made of the rows of a result that it works on, or gives out, by the line of the program."""
    counts = snapshot.nodes("edges_count")
    lists = [
        node for node in snapshot.of_type_exactly("list")
        if counts[node] >= _LEAST_ROWS and is_passing(snapshot, node) and is_made_by(snapshot, node, _MAKES)
    ]  # fmt: skip
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for rows, made in _by_line(snapshot, lists):
        saving = snapshot.retained_of(made)
        if saving >= least:
            told = f"a result of {units.count(counts[rows])} rows is made whole, and keeps {units.size(saving)}"
            yield structural(
                snapshot, rows, CODE, TITLE, saving_bytes=saving, confidence=0.8, evidence=[told],
                fix="select(...).execution_options(yield_per=500): so many objects at once",
                freed=Freed(roots=made, entirely=True, calls=_MAKES),
            )  # fmt: skip


def _by_line(snapshot: Snapshot, lists: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """(the longest of the lists, they with all that was made while they were) for each line of the program; not where
    something else keeps most of what is in them, or the line is no loop that goes through them."""
    if not lists:
        return
    counts, above = snapshot.nodes("edges_count"), snapshot.nodes("dominator")
    groups: dict[tuple[str, int], list[int]] = {}
    for node in lists:
        at = snapshot.grown_at(node)
        if at is not None and _LOOP.search(snapshot.stacks.source_line(at.file, at.line)):
            groups.setdefault((at.file, at.line), []).append(node)
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    made = nodes_made_by(snapshot, _MAKES)
    for group in groups.values():
        rows = max(group, key=counts.__getitem__)
        items = sampled([step.node for step in snapshot.steps_from(rows)], _SAMPLE)
        if 2 * sum(above[item] in group for item in items) < len(items):
            continue
        own = {lines.get(sites[node], -1) for node in items}
        of_line = {*group, *(node for node in made if lines.get(sites[node]) in own)}
        yield rows, [node for node in of_line if above[node] not in of_line]
