"""What has changed between snapshots of one process? By type, by who holds what is new, by allocation line."""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.analyze.growth import Newer, newer
from heapwise.analyze.paths import expression
from heapwise.model.heap_tables import SYNTHETIC
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

_MOST_LOOKED_AT = 50_000


def types(snapshots: Sequence[Snapshot], limit: int) -> Table:
    """type, counts and bytes (one value a snapshot), delta_count, delta_bytes, new_count, gone_count;
    the largest change of bytes first."""
    rows: dict[str, list[tuple[int, int]]] = {}
    for number, snapshot in enumerate(snapshots):
        for row in snapshot.types:
            known = rows.setdefault(row.type, [(0, 0)] * len(snapshots))
            count, size = known[number]
            known[number] = count + row.objects_count, size + row.shallow_bytes
    new, gone = _new_by_type(snapshots)
    changed = [
        name for name, values in rows.items()
        if new.get(name) or gone.get(name) or values[0][1] != values[-1][1]
    ]  # fmt: skip
    changed = [name for name in changed if name not in SYNTHETIC]
    order = sorted(changed, key=lambda name: (-abs(rows[name][-1][1] - rows[name][0][1]), name))
    shown = order[:limit] if limit > 0 else order
    left = len(order) - len(shown)
    return Table(
        "types",
        {
            "type": shown,
            "counts": [[count for count, _ in rows[name]] for name in shown],
            "bytes": [[size for _, size in rows[name]] for name in shown],
            "delta_count": [rows[name][-1][0] - rows[name][0][0] for name in shown],
            "delta_bytes": [rows[name][-1][1] - rows[name][0][1] for name in shown],
            "new_count": [new.get(name, 0) for name in shown],
            "gone_count": [gone.get(name, 0) for name in shown],
        },
        f"{left} more types changed" if left else "",
    )


def counts(snapshots: Sequence[Snapshot], limit: int) -> Table:
    """type, delta_count, delta_bytes: of snapshots whose objects cannot be matched."""
    first = {row.type: row for row in snapshots[0].types}
    last = {row.type: row for row in snapshots[-1].types}
    rows = []
    for name in {**first, **last}:
        a, b = first.get(name), last.get(name)
        count = (b.objects_count if b else 0) - (a.objects_count if a else 0)
        size = (b.shallow_bytes if b else 0) - (a.shallow_bytes if a else 0)
        if count or size:
            rows.append((name, count, size))
    rows.sort(key=lambda row: (-abs(row[2]), row[0]))
    shown = rows[:limit] if limit > 0 else rows
    names = ("type", "delta_count", "delta_bytes")
    return Table("types", {name: [row[i] for row in shown] for i, name in enumerate(names)})


def _over(snapshots: Sequence[Snapshot]) -> Newer:
    """What the last has more than the first."""
    return newer(snapshots[0], snapshots[-1], snapshots[1:-1])


def _new_by_type(snapshots: Sequence[Snapshot]) -> tuple[dict[str, int], dict[str, int]]:
    """(how many objects of each type are new, how many are gone)."""
    before, after = snapshots[0], snapshots[-1]
    found = _over(snapshots)
    new = _count_by_type(after, _born(found))
    counts = {row.type: row.objects_count for row in before.types}
    now = {row.type: row.objects_count for row in after.types}
    gone = {name: count - now.get(name, 0) + new.get(name, 0) for name, count in counts.items()}
    return new, gone


def _born(found: Newer) -> list[int]:
    """The nodes all of whose bytes are new."""
    sizes, kinds = found.snapshot.nodes("size_bytes"), found.snapshot.nodes("type")
    return [
        node for node, grown in enumerate(found.grown)
        if grown and grown == sizes[node] and kinds[node] >= len(SYNTHETIC)
    ]  # fmt: skip


def _count_by_type(snapshot: Snapshot, nodes: Sequence[int]) -> dict[str, int]:
    counts = [0] * len(snapshot.type_names)
    kinds = snapshot.nodes("type")
    for node in nodes:
        counts[kinds[node]] += 1
    return {name: count for name, count in zip(snapshot.type_names, counts, strict=True) if count}


def holders(snapshots: Sequence[Snapshot], limit: int) -> Table:
    """holder (as the program would write it, keys and numbers not told apart), type, new_count,
    new_bytes: what the last snapshot has and the first has not, by the path that keeps it: objects that are
    new (counted), and what others have grown by."""
    last = snapshots[-1]
    found = _over(snapshots)
    born = set(_born(found))
    new = [
        node for node, grown in enumerate(found.grown)
        if node in born or (grown and last.nodes("type")[node] >= len(SYNTHETIC))
    ]  # fmt: skip
    looked_at = sorted(new, key=lambda node: -found.grown[node])[:_MOST_LOOKED_AT]
    groups: dict[tuple[str, str], list[int]] = {}
    for node in looked_at:
        steps = [last.edge(edge) for edge in last.shortest_path(node)]
        if steps:
            key = expression(last, steps, masked=True), last.type_of(node)
            groups.setdefault(key, []).append(node)
    order = sorted(groups, key=lambda key: (-sum(found.grown[n] for n in groups[key]), key))
    shown = order[:limit] if limit > 0 else order
    return Table(
        "new_holders",
        {
            "holder": [holder for holder, _ in shown],
            "type": [name for _, name in shown],
            "new_count": [len(born.intersection(groups[key])) for key in shown],
            "new_bytes": [sum(found.grown[n] for n in groups[key]) for key in shown],
        },
        f"only {_MOST_LOOKED_AT} of the new objects were looked at"
        if len(new) > _MOST_LOOKED_AT else "",
    )  # fmt: skip


def lines(snapshots: Sequence[Snapshot], limit: int) -> Table:
    """file, line, function, new_count, new_bytes: what is new by the line that allocated it."""
    last = snapshots[-1]
    found = _over(snapshots)
    counts: dict[tuple[str, int, str], list[int]] = {}
    for node in _born(found):
        at = last.allocated_at(node)
        if at is not None:
            row = counts.setdefault((at.file, at.line, at.function), [0, 0])
            row[0] += 1
            row[1] += found.grown[node]
    order = sorted(counts, key=lambda key: (-counts[key][1], key))
    shown = order[:limit] if limit > 0 else order
    return Table(
        "new_lines",
        {
            "file": [key[0] for key in shown],
            "line": [key[1] for key in shown],
            "function": [key[2] for key in shown],
            "new_count": [counts[key][0] for key in shown],
            "new_bytes": [counts[key][1] for key in shown],
        },
    )


def matched(snapshots: Sequence[Snapshot]) -> str:
    """How objects of the first and the last were told to be the same."""
    return _over(snapshots).matched
