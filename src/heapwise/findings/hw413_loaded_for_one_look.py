"""HW413: rows that were loaded for one look stay in the collections of rows that live on.

`for station in stations: report(station.scans)` loads a collection for each, and each stays where it was loaded: with
the last of them all are there, though each was gone through once.

What to do: ask for the rows, and not for the collection
(`session.scalars(select(Scan).where(Scan.station_id == station.id).execution_options(yield_per=100))`), or
`session.expire(station, ["scans"])` after each. Costs: they are loaded again where they are asked for again. Clean:
collections that the program names at more places than one, that it fills, or of which one is loaded at a time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise.analyze.kept_at import own_name
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.loaded_collections import (
    Loaded,
    are_kept_there,
    loaded_collections,
    made_share,
    with_states,
)  # fmt: skip
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW413"
TITLE = "rows loaded for one look stay in collections"
_LEAST_OWNERS, _LEAST_SHARE, _FEW = 4, 0.15, 0.2
_TURNS = (ast.For, ast.AsyncFor, ast.comprehension)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Loaded collections, of one class together, of which the program asks at one place, turn by turn."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    source = program_source(snapshot)
    for kind, each in loaded_collections(snapshot).items():
        rows = [row for one in each for row in one.rows]
        name = _name(snapshot, each)
        if (
            len(each) < _LEAST_OWNERS or made_share(snapshot, rows) > _FEW or not are_kept_there(snapshot, each)
            or name is None or not _is_asked_in_turn(source, name)
        ):  # fmt: skip
            continue
        freed = with_states(snapshot, rows)
        if (saving := snapshot.retained_of(freed)) >= least:
            yield structural(
                snapshot, rows[len(rows) // 2], CODE, TITLE, saving_bytes=saving,
                evidence=[f"{len(rows)} {kind} of {len(each)} collections, .{name} is asked for at one place"],
                fix=f"select the rows where they are used, with yield_per, or session.expire(owner, ['{name}'])",
                confidence=0.6, subject=kind, freed=Freed(roots=freed),
            )  # fmt: skip


def _name(snapshot: Snapshot, collections: Sequence[Loaded]) -> str | None:
    """What all of them are called on their owners."""
    names = {own_name(snapshot, each.node) for each in collections}
    texts = {name.text if name is not None and name.kind == "attribute" else "" for name in names}
    return texts.pop() or None if len(texts) == 1 else None


def _is_asked_in_turn(source: ProgramSource, name: str) -> bool:
    """Whether one place alone of the program asks for it, of each owner in its turn; what loads it beforehand
    (`joinedload(Station.scans)`) is another."""
    places = [each for each in source.of(ast.Attribute) if each.attr == name]
    if source.reads_all or len(places) != 1 or not isinstance(places[0].ctx, ast.Load):
        return False
    owner = places[0].value
    return isinstance(owner, ast.Name) and _goes_through(source, places[0], owner.id)


def _goes_through(source: ProgramSource, place: ast.AST, owner: str) -> bool:
    """Whether a loop around a place binds the owner."""
    node = source.above(place)
    while node is not None:
        loops = [node] if isinstance(node, _TURNS) else list(getattr(node, "generators", ()))
        if any(
            isinstance(n, ast.Name) and n.id == owner
            for each in loops
            for n in ast.walk(each.target)
        ):
            return True
        node = source.above(node)
    return False
