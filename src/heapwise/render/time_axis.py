"""The time axis for a terminal: two curves, the peak, the collector, and a bracket for each span."""

from __future__ import annotations

from heapwise import units
from heapwise.render.line_table import spark
from heapwise.views.report import Report

_ROOM = 10
LEGEND = (
    "▲ peak, c collector at work for 0.5 ms and more. ├──┤ a function of the main thread, from its "
    "first to its last tick: heap when it was entered → highest → left."
)  # fmt: skip


def render(report: Report) -> str:
    """Text; empty when the recording has no time axis."""
    tables = {table.name: table for table in report.tables}
    curve = tables["timeline"]
    if len(curve) == 0:
        return ""
    steps = len(curve)
    duration = report.recording.summary.duration_s or 1e-9

    def step(time_s: float) -> int:
        return min(steps - 1, max(0, int(time_s / duration * steps)))

    lines = []
    for name, title in (("rss_bytes", "RSS"), ("heap_bytes", "heap")):
        values = curve.columns[name]
        highest = max(values)
        lines.append(f"{title:>{_ROOM - 2}}  {spark(values, highest)}  {units.size(highest)}")
    marks = [" "] * steps
    for time_s in tables["pauses"].columns["time_s"]:
        marks[step(time_s)] = "c"
    marks[step(report.recording.summary.peak_s)] = "▲"
    lines.append(" " * _ROOM + "".join(marks).rstrip())
    for row in tables["spans"].rows():
        first, last = step(row["start_s"]), step(row["end_s"])
        drawn = "│" if first == last else "├" + "─" * (last - first - 1) + "┤"
        levels = " → ".join(units.size(row[f"{w}_bytes"]) for w in ("before", "highest", "after"))
        lines.append(
            f"{' ' * (_ROOM + first)}{drawn:<{steps - first}}  {row['function']}  {levels}"
        )
    end = units.duration(duration)
    lines.append(f"{'0':>{_ROOM + 1}}{end:>{steps - 1}}")
    return "\n".join(lines) + "\n"
