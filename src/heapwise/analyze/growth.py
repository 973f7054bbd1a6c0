"""What grew between snapshots of one process? By type, and by who holds what is new."""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.analyze.paths import expression
from heapwise.model.heap_tables import SYNTHETIC
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

MATCHED = (
    "Objects are matched by address and type: one that took the place of a dead one of its type counts "
    "as the same."
)
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
    new, gone = _by_type(snapshots[-1], snapshots[0]), _by_type(snapshots[0], snapshots[-1])
    changed = {name: values for name, values in rows.items() if new.get(name) or gone.get(name)}
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
            "new_count": [len(new.get(name, ())) for name in shown],
            "gone_count": [len(gone.get(name, ())) for name in shown],
        },
        f"{left} more types changed" if left else "",
    )


def holders(snapshots: Sequence[Snapshot], limit: int) -> Table:
    """holder (as the program would write it, keys and numbers not told apart), type, new_count,
    new_bytes: what the last snapshot has and the first has not, by the path that keeps it."""
    last = snapshots[-1]
    groups: dict[tuple[str, str], list[int]] = {}
    looked_at = 0
    for name, nodes in sorted(_by_type(last, snapshots[0]).items(), key=lambda item: -len(item[1])):
        for node in nodes:
            if looked_at == _MOST_LOOKED_AT:
                break
            looked_at += 1
            steps = [last.edge(edge) for edge in last.shortest_path(node)]
            if steps:
                groups.setdefault((expression(last, steps, masked=True), name), []).append(node)
    sizes = last.nodes("size_bytes")
    order = sorted(groups, key=lambda key: (-sum(sizes[n] for n in groups[key]), key))
    shown = order[:limit] if limit > 0 else order
    return Table(
        "new_holders",
        {
            "holder": [holder for holder, _ in shown],
            "type": [name for _, name in shown],
            "new_count": [len(groups[key]) for key in shown],
            "new_bytes": [sum(sizes[n] for n in groups[key]) for key in shown],
        },
        f"only {_MOST_LOOKED_AT} of the new objects were looked at"
        if looked_at == _MOST_LOOKED_AT else "",
    )  # fmt: skip


def _by_type(snapshot: Snapshot, without: Snapshot) -> dict[str, list[int]]:
    """The objects of one snapshot that another has not, by type."""
    names, others = snapshot.type_names, without.type_names
    theirs = {
        (address, others[kind])
        for address, kind in zip(without.nodes("address"), without.nodes("type"), strict=True)
    }
    found: dict[str, list[int]] = {}
    pairs = zip(snapshot.nodes("address"), snapshot.nodes("type"), strict=True)
    for node, (address, kind) in enumerate(pairs):
        if kind >= len(SYNTHETIC) and (address, names[kind]) not in theirs:
            found.setdefault(names[kind], []).append(node)
    return found
