"""What is the heap made of? Types, modules, threads and single objects by what they retain."""

from __future__ import annotations

from heapwise.analyze.paths import expression
from heapwise.model.heap_tables import SYNTHETIC
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

_LEAST_PART = 100_000
"""What retains less than this part of the heap is no holder worth a row."""


def types(snapshot: Snapshot, limit: int) -> Table:
    """type, count, shallow_bytes, retained_bytes, foreign_bytes, unexplained_count; most retained first."""
    rows = snapshot.types
    shown = rows[:limit] if limit > 0 else rows
    left = len(rows) - len(shown)
    return Table(
        "types",
        {
            "type": [row.type for row in shown],
            "count": [row.objects_count for row in shown],
            "shallow_bytes": [row.shallow_bytes for row in shown],
            "retained_bytes": [row.retained_bytes for row in shown],
            "foreign_bytes": [row.foreign_bytes for row in shown],
            "unexplained_count": [row.unexplained_count for row in shown],
        },
        f"{left} more types" if left else "",
    )


def holders(snapshot: Snapshot, limit: int) -> Table:
    """holder, type, retained_bytes, shallow_bytes: the objects that retain most, each the outermost one
    that is no module and no part of another row; as the program would name them."""
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    kinds = snapshot.nodes("type")
    passed = {i for i, name in enumerate(snapshot.type_names) if name == "module"}
    passed |= set(range(len(SYNTHETIC)))
    namespaces = snapshot.namespaces
    most = limit if limit > 0 else 200
    least = snapshot.figure("shallow_bytes") // _LEAST_PART
    large = [node for node, held in enumerate(retained) if held > least]
    order = sorted(large, key=lambda node: -retained[node])
    shown: list[int] = []
    # Who dominates a node retains more, and comes before it: so one step up tells.
    covered: set[int] = set()
    for node in order:
        if len(shown) == most:
            break
        if above[node] in covered:
            covered.add(node)
            continue
        if kinds[node] in passed or node in namespaces or not snapshot.shortest_path(node):
            continue
        covered.add(node)
        shown.append(node)
    paths = [snapshot.path_to(node) for node in shown]
    sizes = snapshot.nodes("size_bytes")
    return Table(
        "holders",
        {
            "holder": [expression(snapshot, steps) for steps in paths],
            "type": [snapshot.type_of(node) for node in shown],
            "retained_bytes": [retained[node] for node in shown],
            "shallow_bytes": [sizes[node] for node in shown],
        },
    )


def completeness(snapshot: Snapshot) -> list[str]:
    """What of the heap is seen, and what is not, in words."""
    count = snapshot.figure("objects_count")
    unexplained, objects = snapshot.unexplained_count(), snapshot.unexplained_objects()
    worst = sorted(
        (row for row in snapshot.types if row.unexplained_count),
        key=lambda row: -row.unexplained_count,
    )
    named = ", ".join(f"{row.type} {row.unexplained_count}" for row in worst[:4])
    said = [
        f"{count - objects} of {count} objects ({(count - objects) / max(count, 1):.1%}) have all their "
        f"references explained; {unexplained} references are held by native code"
        + (f" ({named})" if named else "")
        + ".",
        f"{snapshot.figure('shallow_bytes')} bytes in objects, of a resident set of "
        f"{snapshot.figure('rss_bytes')} bytes.",
    ]
    if garbage := snapshot.figure("garbage_count"):
        said.append(f"{garbage} groups of unreachable objects wait for the collector.")
    return said
