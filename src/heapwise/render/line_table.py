"""The table of lines for a terminal: a row of figures, and below it the line itself."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from heapwise import units
from heapwise.model.table import Table
from heapwise.render.paths import clip, shorten
from heapwise.views.report import Report

_BARS = " ▁▂▃▄▅▆▇█"
_BOLD, _DIM, _END = "\033[1m", "\033[2m", "\033[0m"
_HEADS = (
    "peak",
    "over time",
    "end",
    "total",
    "count",
    "life",
    "alive",
    "py/nat/map",
    "copied",
    "cpu",
    "native",
)
_MEANINGS = {
    "peak": "held when the heap was highest",
    "over time": "each line by its own highest, from the start to the end of the run",
    "end": "still held at the end",
    "total": "ever allocated, by the line and by what it calls in libraries",
    "count": "in so many allocations",
    "life": "how long a block lived, on average",
    "alive": "blocks that still live at the end",
    "py/nat/map": "whose bytes they are, in %: Python's allocators, native code, mappings",
    "copied": "by memcpy, in pieces of 32 KiB and more",
    "native": "share of the CPU time that passed in native code",
}


def spark(values: Sequence[int], highest: int) -> str:
    """A series as bars of eight heights; a blank is nothing."""
    if highest <= 0:
        return " " * len(values)
    return "".join(_BARS[-(-value * 8 // highest) if value > 0 else 0] for value in values)


def render(table: Table, report: Report, *, color: bool, width: int) -> str:
    """The rows as text: where the line is, then its figures, never cut; then what the columns mean."""
    bold, dim, end = (_BOLD, _DIM, _END) if color else ("", "", "")
    summary = report.recording.summary
    lines = [
        f"{dim}The heap was highest at {units.duration(summary.peak_s)} of "
        f"{units.duration(summary.duration_s)}: {units.size(summary.peak_bytes)}.{end}"
    ]
    rows = list(table.rows())
    cells = [_cells(row) for row in rows]
    # What was not measured here has no column.
    shown = [
        i for i, name in enumerate(_HEADS) if name not in ("copied", "cpu", "native") or any(c[i] for c in cells)
    ]  # fmt: skip
    # A narrow terminal has fewer columns, never cut ones.
    for dropped in ("alive", "py/nat/map", "life", "count", "native", "copied", "total", "cpu"):
        needed = sum(max(len(_HEADS[i]), *(len(c[i]) for c in cells)) + 2 for i in shown)
        if needed > width - 2:
            shown = [i for i in shown if _HEADS[i] != dropped]
    widths = [max(len(_HEADS[i]), *(len(c[i]) for c in cells)) for i in shown]
    heads = (_HEADS[i].rjust(w) for i, w in zip(shown, widths, strict=True))
    lines.append("    " + dim + "  ".join(heads) + end)
    for row, cell in zip(rows, cells, strict=True):
        figures = [(cell[i] or "-").rjust(w) for i, w in zip(shown, widths, strict=True)]
        figures[0] = bold + figures[0] + end
        lines += _place(row, report, width, dim, end)
        lines.append("    " + "  ".join(figures))
    meanings = (f"{_HEADS[i]}: {_MEANINGS[_HEADS[i]]}" for i in shown if _HEADS[i] in _MEANINGS)
    told = textwrap.wrap("; ".join(meanings) + ".", width - 2)
    return "\n".join([*lines, *(f"  {dim}{text}{end}" for text in told)]) + "\n"


def _cells(row: dict[str, Any]) -> list[str]:
    trend = row.get("trend_bytes", [])
    parts = [row[f"{kind}_bytes"] for kind in ("python", "native", "mapped")]
    whole = sum(parts)
    shares = "/".join(str(round(100 * part / whole)) for part in parts) if whole > 0 else ""
    cpu = row["cpu_ms"]
    peak = units.size(row["peak_bytes"])
    if row.get("margin_bytes"):
        peak += f" ±{units.size(row['margin_bytes'])}"
    return [
        peak,
        spark(trend, max(trend, default=0)),
        units.size(row["end_bytes"]),
        units.size(row["total_bytes"]),
        units.count(row["count"]),
        units.duration(row["mean_lifetime_ms"] / 1000),
        f"{100 * row['survival']:.0f} %",
        shares,
        units.size(row["copied_bytes"]) if row["copied_bytes"] else "",
        units.duration(cpu / 1000) if cpu else "",
        f"{100 * row['cpu_native_ms'] / cpu:.0f} %" if cpu else "",
    ]


def _place(row: dict[str, Any], report: Report, width: int, dim: str, end: str) -> list[str]:
    """Where a line is, and its source: beside it where there is room, else below."""
    meta = report.recording.meta
    file = shorten(row["file"], meta)
    where = f"{clip(file, width // 2)}:{row['line']} {row['function']}" if file else row["function"]
    text = report.recording.source_line(row["file"], row["line"])
    if not text:
        return [where]
    if len(where) + len(text) + 2 <= width:
        return [f"{where}  {dim}{text}{end}"]
    room = width - 4
    return [where, f"    {dim}{text if len(text) <= room else text[: room - 1] + '…'}{end}"]
