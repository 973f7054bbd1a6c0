"""Text for a terminal or a pipe: verdict, then tables. Numbers are never cut; paths are."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from heapwise import units
from heapwise.model.table import Table
from heapwise.render import documents, line_table, sentences, time_axis, verdict
from heapwise.render.paths import clip, shorten
from heapwise.views.report import Report

_TITLES = {
    "resident": "Resident set at the heap's peak",
    "lines": "Lines",
    "functions": "Functions",
    "files": "Files",
    "tree": "Stacks",
    "processes": "Processes",
    "calls": "Calls",
    "timeline": "Over time",
    "collector": "Cyclic collector",
}
_DRAWN = ("spans", "pauses")
"""Part of the time axis."""
_HEADS = {
    "peak_bytes": "peak",
    "end_bytes": "end",
    "total_bytes": "total",
    "peak_rss_bytes": "peak RSS",
    "self_bytes": "self",
    "margin_bytes": "± 95 %",
    "mean_lifetime_ms": "lifetime",
    "calls_count": "calls",
    "primitive_count": "primitive",
    "own_ms": "own",
    "cumulative_ms": "cumulative",
    "pauses_ms": "stood still",
    "longest_ms": "longest",
    "collected_count": "collected",
    "uncollectable_count": "uncollectable",
}


def render(report: Report, *, color: bool = False, width: int = 100) -> bytes:
    """UTF-8 text. Without colour, no line has trailing blanks."""
    out = io.StringIO()
    console = Console(
        file=out, width=max(width, 60), force_terminal=color, no_color=not color,
        color_system="standard" if color else None, highlight=False, emoji=False, markup=False,
        legacy_windows=False,
    )  # fmt: skip
    if report.view in ("overview", "verdict"):
        out.write(verdict.render(report, color=color))
    for table in report.tables:
        if table.name in _DRAWN:
            continue
        out.write("\n")
        console.print(Text(_TITLES[table.name], style="bold"))
        if len(table) == 0:
            out.write("  nothing\n")
        elif table.name == "timeline":
            out.write(time_axis.render(report))
            console.print(Text("  " + time_axis.LEGEND, style="dim"))
        elif "trend_bytes" in table.columns:
            out.write(line_table.render(table, report, color=color, width=max(width, 60)))
        else:
            console.print(_grid(table, report, max(width, 60)))
        if table.note:
            console.print(Text("  " + sentences.readable(table.note), style="dim"))
    out.write("\n")
    for text in report.limits:
        console.print(Text(sentences.readable(text), style="dim"))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).encode()


def _grid(table: Table, report: Report, width: int) -> Grid:
    grid = Grid(box=None, padding=(0, 1, 0, 1), pad_edge=False, header_style="dim")
    numeric = [
        name
        for name in table.columns
        if name not in documents.DETAILS
        and (name.endswith(("_bytes", "_ms", "_count")) or name in ("bytes", "count", "generation"))
    ]
    for name in numeric:
        grid.add_column(_HEADS.get(name, name), justify="right", no_wrap=True)
    grid.add_column("place" if "file" in table.columns else "", overflow="fold")
    for row in table.rows():
        cells = [_number(name, row[name]) for name in numeric]
        taken = sum(max(len(c), 9) + 2 for c in cells)
        grid.add_row(*cells, _place(row, report, max(24, width - taken)))
    return grid


def _number(name: str, value: float) -> str:
    if name.endswith("_bytes") or name == "bytes":
        return units.size(value)
    if name.endswith("_ms"):
        return units.duration(value / 1000)
    return units.count(value)


def _place(row: dict[str, Any], report: Report, room: int) -> Text:
    meta = report.recording.meta
    if "name" in row:
        return Text(f"{row['name']}")
    if "generation" in row:
        return Text("")
    if "process" in row:
        return Text(clip(f"{row['process']} {row['command']}", room))
    file = shorten(row["file"], meta)
    indent = "  " * row.get("depth", 0)
    line = row.get("line", 0)
    where = f"{file}:{line}" if line and file else file
    function = row.get("function", "")
    text = Text(
        indent
        + (
            f"{function} ({clip(where, room)})"
            if "depth" in row
            else f"{clip(where, room)} {function}"
        )
    )
    if line and "depth" not in row:
        found = report.recording.source_line(row["file"], line)
        if found:
            text.append("\n  " + clip_right(found, room), style="dim")
    return text


def clip_right(text: str, width: int) -> str:
    """Cuts a source line on the right."""
    return text if len(text) <= width else text[: width - 1] + "…"
