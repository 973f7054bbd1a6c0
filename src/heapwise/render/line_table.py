"""The table of lines for a terminal: a row of figures, and below it the line itself."""

from __future__ import annotations

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
LEGEND = (
    "alive: blocks that still live. py/nat/map: whose they are, in % (Python's allocators, native "
    "code, mappings). copied: by memcpy, in pieces of 32 KiB and more. native: share of the CPU time "
    "inside one instruction."
)  # fmt: skip


def spark(values: Sequence[int], highest: int) -> str:
    """A series as bars of eight heights; a blank is nothing."""
    if highest <= 0:
        return " " * len(values)
    return "".join(_BARS[-(-value * 8 // highest) if value > 0 else 0] for value in values)


def render(table: Table, report: Report, *, color: bool, width: int) -> str:
    """The rows as text, figures never cut."""
    bold, dim, end = (_BOLD, _DIM, _END) if color else ("", "", "")
    rows = list(table.rows())
    cells = [_cells(row) for row in rows]
    # What was not measured here has no column.
    shown = [
        i for i, name in enumerate(_HEADS) if name not in ("copied", "cpu", "native") or any(c[i] for c in cells)
    ]  # fmt: skip
    # A narrow terminal has fewer columns, never cut ones.
    for dropped in ("alive", "life", "py/nat/map", "count", "native", "copied", "total", "cpu"):
        needed = sum(max(len(_HEADS[i]), *(len(c[i]) for c in cells)) + 2 for i in shown)
        if needed > width + 2:
            shown = [i for i in shown if _HEADS[i] != dropped]
    widths = [max(len(_HEADS[i]), *(len(c[i]) for c in cells)) for i in shown]
    lines = [dim + "  ".join(_HEADS[i].rjust(w) for i, w in zip(shown, widths, strict=True)) + end]
    for row, cell in zip(rows, cells, strict=True):
        figures = [cell[i].rjust(w) for i, w in zip(shown, widths, strict=True)]
        figures[0] = bold + figures[0] + end
        lines.append("  ".join(figures))
        lines.append(" " * (widths[0] + 2) + _place(row, report, width - widths[0] - 2, dim, end))
    return "\n".join(lines) + "\n"


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


def _place(row: dict[str, Any], report: Report, room: int, dim: str, end: str) -> str:
    meta = report.recording.meta
    file = shorten(
        row["file"],
        directory=str(meta.get("directory") or ""),
        libraries=meta.get("library_directories") or (),
    )
    where = (
        f"{clip(file, max(24, room // 2))}:{row['line']} {row['function']}"
        if file
        else row["function"]
    )
    text = report.recording.source_line(row["file"], row["line"])
    left = room - len(where) - 3
    if not text or left < 12:
        return where
    return f"{where}  {dim}{text if len(text) <= left else text[: left - 1] + '…'}{end}"
