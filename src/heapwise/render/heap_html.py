"""HTML of a snapshot: one file, opening on tables with bars and paths, then the icicle and its reverse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heapwise import units
from heapwise.analyze.heap_tree import HeapTree
from heapwise.model.table import Table
from heapwise.render import page
from heapwise.render.paths import where
from heapwise.render.sentences import readable
from heapwise.views.heap import HeapPage

_FIRST = 3


def render(found: HeapPage) -> bytes:
    """UTF-8 HTML."""
    title = "Heapwise: " + " ".join(map(str, found.snapshot.meta.get("command", [])[1:]))
    return page.page(_document(found), title=title, heap=True)


def _document(found: HeapPage) -> dict[str, Any]:
    snapshot = found.snapshot
    holders = list(found.holders.rows())
    resident = found.resident.parts
    return {
        "command": " ".join(map(str, snapshot.meta.get("command", []))),
        "headline": headline(found),
        "shallow_bytes": snapshot.figure("shallow_bytes"),
        "first": [
            {"bytes": row["retained_bytes"], "place": f"{row['holder']} ({row['type']})"}
            for row in holders[:_FIRST]
        ],
        "resident": {name: list(values) for name, values in resident.columns.items()},
        "tables": {
            "types": _table(found.types, found.types.columns["type"]),
            "holders": _table(
                found.holders, found.holders.columns["holder"], found.holders.columns["type"]
            ),
            "lines": _table(found.lines, _places(found)),
        },
        "paths": [
            [
                {"expression": p.expression, "count": p.count, "retained_bytes": p.retained_bytes}
                for p in paths
            ]
            for paths in found.paths
        ],
        "tree": _tree(found.tree, found.tree_paths),
        "up": _tree(found.up, found.up_paths),
        "limits": [readable(text) for text in found.limits],
    }


def headline(found: HeapPage) -> str:
    """What the heap is made of, in a sentence."""
    snapshot = found.snapshot
    return (
        f"{units.count(snapshot.figure('objects_count'))} objects, "
        f"{units.size(snapshot.figure('shallow_bytes'))}, in a resident set of "
        f"{units.size(snapshot.figure('rss_bytes'))}."
    )


def _table(table: Table, names: Sequence[str], notes: Sequence[str] = ()) -> dict[str, Any]:
    wanted = ("count", "shallow_bytes", "retained_bytes")
    columns = {name: list(table.columns[name]) for name in wanted if name in table.columns}
    return {"name": list(names), "note": list(notes)} | columns


def _places(found: HeapPage) -> list[str]:
    meta = found.snapshot.meta
    return [where(row["file"], row["line"], row["function"], meta) for row in found.lines.rows()]


def _tree(tree: HeapTree, paths: Sequence[str]) -> dict[str, Any]:
    own = [max(0, size) for size in tree.own_bytes()]
    return {"parent": tree.parent, "name": tree.name, "own": own, "path": list(paths)}
