"""HW310: a column of strings with few values.

A column of objects takes eight bytes for each reference, and a string of fifty bytes and more behind it: of a million
rows with fifty values, 70 MiB; as a category one. A column of Arrow, as pandas 3 makes them, has the characters of
every row once more, and eight bytes that say where they begin.

What to do: say so where it is read: `read_csv(dtype={"segment": "category"})`. Turning a column into a category
afterwards lowers what is live, but not the resident set: the strings have been made. Costs: new values must be made
categories first. Clean: more values than half of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW310"
TITLE = "strings that are a category"
_MOST_VALUES, _MOST_BYTES = 0.5, 128
_OFFSET_BYTES = 8
_CODES = ((1 << 7, 1), (1 << 15, 2), (1 << 31, 4))


class _Column(NamedTuple):
    """An array of strings, or a column of Arrow, that could be a category. owned: its strings that nothing else
    keeps."""

    node: int
    rows_count: int
    objects_count: int
    values_count: int
    saving_bytes: int
    owned: list[int]


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays of objects that are strings, and columns of Arrow."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    columns: dict[int, list[_Column]] = {}
    for line, column in (*_of_objects(snapshot, least), *_of_arrow(snapshot)):
        columns.setdefault(line, []).append(column)
    for found in columns.values():
        saving = sum(each.saving_bytes for each in found)
        if saving >= least:
            yield _finding(snapshot, found, saving)


def savings_of(snapshot: Snapshot) -> dict[int, int]:
    """Array of strings, or column of Arrow -> what a category in its place saves, in bytes."""
    columns = (*_of_objects(snapshot, LEAST_ARRAY_BYTES), *_of_arrow(snapshot))
    return {column.node: column.saving_bytes for _, column in columns}


def _of_objects(snapshot: Snapshot, least: int) -> Iterator[tuple[int, _Column]]:
    """(line, column): arrays of objects, of which most are strings."""
    wanted = snapshot.facts.get("objects_count", {})
    if not wanted:
        return
    same_as = dict(snapshot.copies)
    sizes, kinds = snapshot.nodes("size_bytes"), snapshot.nodes("type")
    first, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    targets = snapshot.edges("target")
    above = snapshot.nodes("dominator")
    lines = lines_of_sites(snapshot)
    sites = snapshot.nodes("site")
    text = next((row for row, name in enumerate(snapshot.type_names) if name == "str"), -1)
    for node, count in wanted.items():
        if _MOST_BYTES * count < least:
            continue
        items = [t for t in targets[first[node] : first[node] + counts[node]] if kinds[t] == text]
        if len(items) < 0.9 * count:
            continue
        objects = set(items)
        values = {same_as.get(item, item) for item in objects}
        if len(values) > _MOST_VALUES * count:
            continue
        owned = [item for item in objects if above[item] == node]
        own = sum(sizes[item] for item in owned)
        saving = (
            sizes[node] + own - _width(len(values)) * count - sum(sizes[item] for item in values)
        )
        if saving > 0:
            line = lines.get(sites[node], -node)  # one that no line is known of stands for itself
            yield line, _Column(node, count, len(objects), len(values), saving, owned)


def _of_arrow(snapshot: Snapshot) -> Iterator[tuple[int, _Column]]:
    """(line, column): what Arrow keeps, whose bytes no object has."""
    lines = lines_of_sites(snapshot)
    sites = snapshot.nodes("site")
    for node, values_count in snapshot.facts.get("values_count", {}).items():
        rows_count = snapshot.fact("rows_count", node)
        if values_count > _MOST_VALUES * rows_count:
            continue
        values = snapshot.fact("values_bytes", node) + _OFFSET_BYTES * values_count
        as_category = _width(values_count) * rows_count + values
        saving = snapshot.fact("column_bytes", node) - as_category
        if saving > 0:
            line = lines.get(sites[node], -node)
            yield line, _Column(node, rows_count, 0, values_count, saving, [])


def _width(values_count: int) -> int:
    """The bytes of a category's code."""
    return next(width for most, width in _CODES if values_count < most)


def _finding(snapshot: Snapshot, found: Sequence[_Column], saving: int) -> Finding:
    largest = max(found, key=lambda each: each.saving_bytes)
    several = f" in {len(found)} arrays" if len(found) > 1 else ""
    rows, objects = (
        sum(getattr(each, name) for each in found) for name in ("rows_count", "objects_count")
    )
    told = f"{units.count(rows)} references{several} to {units.count(objects)} strings of {largest.values_count} values"
    if not objects:
        told = f"{units.count(rows)} rows{several} of Arrow's strings have {largest.values_count} values"
    return structural(
        snapshot, largest.node, CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.8,
        fix='dtype="category", where it is read',
        freed=Freed(nodes=[node for each in found for node in (each.node, *each.owned)]),
    )  # fmt: skip
