"""A snapshot's report and its paths, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from heapwise import units
from heapwise.analyze.paths import Answer
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table
from heapwise.render import plain_page
from heapwise.render.paths import where
from heapwise.render.sentences import readable
from heapwise.views.heap import HeapReport

_TITLES = {
    "types": "Types",
    "holders": "Objects that retain most",
    "new_holders": "Who holds what is new",
    "new_lines": "Who allocated what is new",
    "lines": "What lines allocated, and still retain",
    "modules": "Modules",
    "globals": "Globals",
    "classes": "Classes",
    "threads": "Threads",
    "frames": "Running functions",
    "cycles": "Rings of references, and what closes them",
    "tree": "Who keeps what alive (dominator tree)",
    "class-up": "Who holds the largest types",
}


def text(report: HeapReport) -> str:
    """Tables: figures never cut, names last."""
    lines: list[str] = []
    for table in report.tables:
        named, figures = _columns(table)
        cells = [[_figure(name, row[name]) for name in figures] for row in table.rows()]
        heads = [_head(name) for name in figures]
        widths = [max([len(head), *(len(row[i]) for row in cells)]) for i, head in enumerate(heads)]
        lines += ["", _TITLES[table.name]]
        lines.append("  ".join(h.rjust(w) for h, w in zip(heads, widths, strict=True)))
        for row, cell in zip(table.rows(), cells, strict=True):
            shown = "  ".join(c.rjust(w) for c, w in zip(cell, widths, strict=True))
            indent = "  " * row.get("depth", 0)
            lines.append(f"{shown}  {indent}{_named(row, named, report.snapshot)}".rstrip())
        if table.note:
            lines.append(f"  {table.note}")
    return "\n".join([*lines, "", *map(readable, report.limits)]) + "\n"


def _named(row: dict[str, Any], names: Sequence[str], snapshot: Snapshot) -> str:
    """What a row is about: `app.py:12 load`, or its names."""
    if "file" not in names:
        return "  ".join(str(row[name]) for name in names)
    return where(row["file"], row["line"], row["function"], snapshot.meta)


def document(report: HeapReport) -> str:
    """JSON, keys as in the contract of the docs."""
    snapshot = report.snapshot
    found: dict[str, Any] = {
        "meta": snapshot.meta,
        "summary": {
            "objects_count": snapshot.figure("objects_count"),
            "edges_count": snapshot.figure("edges_count"),
            "shallow_bytes": snapshot.figure("shallow_bytes"),
            "rss_bytes": snapshot.figure("rss_bytes"),
            "unexplained_count": snapshot.unexplained_count(),
            "garbage_count": snapshot.figure("garbage_count"),
        },
    }
    for table in report.tables:
        found[table.name] = list(table.rows())
    found["limits"] = list(report.limits)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def why_text(snapshot: Snapshot, answer: Answer) -> str:
    """The answer in lines: what it is, then each path with its steps."""
    noun = "object" if answer.count == 1 else "objects"
    lines = [
        f"{answer.target}: {units.count(answer.count)} {noun}, {units.size(answer.shallow_bytes)} "
        f"themselves; {units.size(answer.retained_bytes)} would go with them."
    ]
    for path in answer.paths:
        held = f"{units.count(path.count)} × " if path.count > 1 else ""
        lines += [
            "",
            f"{held}{path.expression}   ({units.size(path.retained_bytes)}, by {path.root})",
        ]
        if path.kind == "dominator":
            lines[-1] = f"every path goes through: {path.expression}"
            continue
        if path.kind == "disjoint":
            lines[-1] = f"besides, by {path.root}: {path.expression}"
        for step in path.steps:
            name = snapshot.labels.get(step.node, "")
            retained = units.size(snapshot.nodes("retained_bytes")[step.node])
            edge = f"{step.kind} {step.name!r}" if step.name != "" else step.kind
            lines.append(
                f"    {edge} → {snapshot.type_of(step.node)} {name}".rstrip() + f", {retained}"
            )
    if answer.looked_at_count < answer.count:
        lines += ["", f"(paths of the {units.count(answer.looked_at_count)} that retain most)"]
    return "\n".join(lines) + "\n"


def why_html(snapshot: Snapshot, answer: Answer, picture: bytes) -> bytes:
    """The picture, then each path with its steps."""
    said = why_text(snapshot, answer)
    headline, _, rest = said.partition("\n")
    parts = [
        plain_page.section("The picture", picture.decode()),
        plain_page.section("The paths", plain_page.code(rest.strip("\n"))),
    ]
    return plain_page.page(f"Heapwise: who keeps {answer.target} alive?", headline, parts)


def html(report: HeapReport, headline: str) -> bytes:
    """Tables as a page."""
    parts = []
    for table in report.tables:
        named, figures = _columns(table)
        rows = [
            [_named(row, named, report.snapshot), *(_figure(name, row[name]) for name in figures)]
            for row in table.rows()
        ]
        grid = plain_page.grid(["", *map(_head, figures)], rows)
        note = plain_page.text(table.note) if table.note else ""
        parts.append(plain_page.section(_TITLES[table.name], grid, note))
    said = [plain_page.text(readable(text)) for text in report.limits]
    return plain_page.page(
        "Heapwise", headline, [*parts, plain_page.section("How to read it", *said)]
    )


def _columns(table: Table) -> tuple[list[str], list[str]]:
    """(columns that name a row, columns of figures that are not all nothing)."""
    apart = ("counts", "bytes", "depth")
    named = [
        name for name in table.columns
        if not name.endswith(("_bytes", "count")) and name not in apart
    ]  # fmt: skip
    figures = [name for name in table.columns if name not in (*named, *apart)]
    return named, [name for name in figures if any(table.columns[name]) or name == "shallow_bytes"]


def why_document(snapshot: Snapshot, answer: Answer) -> str:
    """JSON, keys as in the contract of the docs."""
    retained = snapshot.nodes("retained_bytes")
    found = {
        "meta": snapshot.meta,
        "target": answer.target,
        "count": answer.count,
        "looked_at_count": answer.looked_at_count,
        "shallow_bytes": answer.shallow_bytes,
        "retained_bytes": answer.retained_bytes,
        "paths": [
            {
                "kind": path.kind,
                "root": path.root,
                "expression": path.expression,
                "count": path.count,
                "retained_bytes": path.retained_bytes,
                "steps": [
                    {
                        "type": snapshot.type_of(step.node),
                        "edge": step.kind,
                        "name": step.name,
                        "retained_bytes": retained[step.node],
                    }
                    for step in path.steps
                ],
            }
            for path in answer.paths
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _head(name: str) -> str:
    if name.startswith(("delta_", "new_", "gone_")):
        return name.replace("_", " ")
    return name.removesuffix("_bytes").removesuffix("_count")


def _figure(name: str, value: int) -> str:
    if name.startswith("delta_"):
        sign = "-" if value < 0 else "+" if value > 0 else ""
        return sign + _figure(name.removeprefix("delta_"), abs(value))
    return units.size(value) if name.endswith("bytes") else units.count(value)
