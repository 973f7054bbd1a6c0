"""A comparison as text and as JSON."""

from __future__ import annotations

import json
from typing import Any

from heapwise import units
from heapwise.model.table import Table
from heapwise.render import documents
from heapwise.render.paths import clip, shorten
from heapwise.views.difference import Difference

_BOLD, _DIM, _END = "\033[1m", "\033[2m", "\033[0m"
_TITLES = {
    "peak_bytes": "peak heap", "end_bytes": "alive at the end", "total_bytes": "allocated in all",
    "allocations_count": "allocations", "peak_rss_bytes": "peak RSS", "duration_s": "duration",
}  # fmt: skip


def to_json(difference: Difference) -> bytes:
    """UTF-8 JSON: meta, runs (files by group), summary (figure -> values, delta, low, high,
    significant), lines, functions."""
    first = difference.groups[0][0]
    document: dict[str, Any] = {
        "meta": documents.meta(first) | {"kind": "difference"},
        "runs": [[str(recording.path) for recording in runs] for runs in difference.groups],
        "repeated": difference.repeated,
        "summary": {
            row["figure"]: {k: v for k, v in row.items() if k != "figure"}
            for row in difference.summary.rows()
        },
        "lines": list(difference.lines.rows()),
        "functions": list(difference.functions.rows()),
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def to_text(difference: Difference, *, color: bool, width: int) -> bytes:
    """UTF-8 text: the summary, then lines and functions by the size of their change."""
    bold, dim, end = (_BOLD, _DIM, _END) if color else ("", "", "")
    out = []
    for row in difference.summary.rows():
        say = _formatter(row["figure"])
        values = " -> ".join(say(value) for value in row["values"])
        out.append(f"{_TITLES[row['figure']]:>17}  {values}  {bold}{_change(row, say)}{end}")
    for title, table in (("Lines", difference.lines), ("Functions", difference.functions)):
        out += ["", f"{bold}{title}{end} by bytes {_when(difference)}"]
        out += _rows(difference, table, width, dim, end)
    out.append("")
    if not difference.repeated:
        out.append(
            f"{dim}One run of each: a change of less than 1 % of the peak is taken for noise. Compare "
            f"repeated runs (a1.hw,a2.hw b1.hw,b2.hw) for an interval.{end}"
        )
    return ("\n".join(out) + "\n").encode()


def _rows(difference: Difference, table: Table, width: int, dim: str, end: str) -> list[str]:
    if len(table) == 0:
        return ["  no change"]
    out = []
    for row in table.rows():
        recording = difference.groups[-1][0]
        file = shorten(row["file"], recording.meta)
        where = f"{file}:{row['line']}" if row["line"] else file
        values = " -> ".join(units.size(value) for value in row["values"])
        mark = {"new": "new", "gone": "gone", "same": "noise"}.get(row["status"], "")
        change = f"{_change(row, units.size):>10}"
        out.append(
            f"{change}  {mark:5}  {values}  {clip(where, max(24, width // 2))} {row['function']}"
        )
        if row["source"]:
            text = row["source"]
            out.append(
                " " * 19
                + dim
                + (text if len(text) <= width - 19 else text[: width - 20] + "…")
                + end
            )
    if table.note:
        out.append(f"  {table.note}")
    return out


def _change(row: dict[str, Any], say: Any) -> str:
    sign = "+" if row["delta"] > 0 else ""
    text = f"{sign}{say(row['delta'])}"
    if row["low"] != row["high"]:
        text += f" [{say(row['low'])}, {say(row['high'])}]"
    first = row["values"][0]
    if "figure" in row and first:
        text += f" ({sign}{100 * row['delta'] / first:.1f} %)"
    return text


def _formatter(figure: str) -> Any:
    if figure == "duration_s":
        return units.duration
    return units.count if figure.endswith("_count") else units.size


def _when(difference: Difference) -> str:
    at = difference.selection.at
    return {"peak": "at the peak", "end": "at the end", "total": "ever allocated"}[at]
