"""What has changed between snapshots of one process? By type, by who holds what is new, by allocation line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from heapwise.analyze.growth import Newer
from heapwise.analyze.paths import place_of
from heapwise.model.heap_tables import SYNTHETIC
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

_MOST_LOOKED_AT = 50_000


def types(snapshots: Sequence[Snapshot], found: Newer, limit: int) -> Table:
    """type, counts and bytes (one value a snapshot), delta_count, delta_bytes, new_count, gone_count;
    the largest change of bytes first. found: what the last has more than the first."""
    rows = _by_type(snapshots)
    new = Counter(map(found.snapshot.type_of, found.born()))
    # What imports have brought is not counted as new: then more may be there without any being so.
    gone = {name: max(0, held[0][0] - held[-1][0] + new[name]) for name, held in rows.items()}
    changed = [n for n, held in rows.items() if new[n] or gone[n] or held[0] != held[-1]]
    shown, left = _largest(changed, rows, limit)
    return Table(
        "types",
        {
            "type": shown,
            "counts": [[count for count, _ in rows[name]] for name in shown],
            "bytes": [[size for _, size in rows[name]] for name in shown],
            **_deltas(rows, shown),
            "new_count": [new[name] for name in shown],
            "gone_count": [gone[name] for name in shown],
        },
        f"{left} more types changed" if left else "",
    )


def counts(snapshots: Sequence[Snapshot], limit: int) -> Table:
    """type, delta_count, delta_bytes: of snapshots whose objects cannot be matched."""
    rows = _by_type(snapshots)
    changed = [name for name, held in rows.items() if held[0] != held[-1]]
    shown, left = _largest(changed, rows, limit)
    note = f"{left} more types changed" if left else ""
    return Table("types", {"type": shown, **_deltas(rows, shown)}, note)


Held = Mapping[str, Sequence[tuple[int, int]]]
"""Type -> (objects, bytes) in each snapshot."""


def _by_type(snapshots: Sequence[Snapshot]) -> Held:
    rows: dict[str, list[tuple[int, int]]] = {}
    for number, snapshot in enumerate(snapshots):
        for row in snapshot.types:
            known = rows.setdefault(row.type, [(0, 0)] * len(snapshots))
            count, size = known[number]  # several types may bear one name
            known[number] = count + row.objects_count, size + row.shallow_bytes
    return rows


def _largest(names: Sequence[str], rows: Held, limit: int) -> tuple[Sequence[str], int]:
    """(those whose bytes changed most, how many are left out)."""
    order = sorted(names, key=lambda name: (-abs(rows[name][-1][1] - rows[name][0][1]), name))
    shown = order[:limit] if limit > 0 else order
    return shown, len(order) - len(shown)


def _deltas(rows: Held, names: Sequence[str]) -> dict[str, list[int]]:
    return {
        "delta_count": [rows[name][-1][0] - rows[name][0][0] for name in names],
        "delta_bytes": [rows[name][-1][1] - rows[name][0][1] for name in names],
    }


def holders(found: Newer, limit: int) -> Table:
    """holder (as the program would write it, keys and numbers not told apart), type, new_count,
    new_bytes: what the last snapshot has and the first has not, by the path that keeps it: objects that are
    new (counted), and what others have grown by."""
    last, kinds = found.snapshot, found.snapshot.nodes("type")
    born = set(found.born())
    new = [
        node for node, grown in enumerate(found.grown) if grown and kinds[node] >= len(SYNTHETIC)
    ]
    looked_at = sorted(new, key=lambda node: -found.grown[node])[:_MOST_LOOKED_AT]
    groups: dict[tuple[str, str], list[int]] = {}
    for node in looked_at:
        holder = place_of(last, node, masked=True)
        if holder:
            groups.setdefault((holder, last.type_of(node)), []).append(node)
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


def lines(found: Newer, limit: int) -> Table:
    """file, line, function, new_count, new_bytes: what is new by the line that allocated it."""
    sums: dict[tuple[str, int, str], list[int]] = {}
    for node in found.born():
        at = found.snapshot.allocated_at(node)
        if at is not None:
            row = sums.setdefault((at.file, at.line, at.function), [0, 0])
            row[0] += 1
            row[1] += found.grown[node]
    order = sorted(sums, key=lambda key: (-sums[key][1], key))
    shown = order[:limit] if limit > 0 else order
    return Table(
        "new_lines",
        {
            "file": [key[0] for key in shown],
            "line": [key[1] for key in shown],
            "function": [key[2] for key in shown],
            "new_count": [sums[key][0] for key in shown],
            "new_bytes": [sums[key][1] for key in shown],
        },
    )
