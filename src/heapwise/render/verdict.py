"""The few lines that `heapwise run` says at the end. Plain text: the command must stay quick."""

from __future__ import annotations

from heapwise import units
from heapwise.render import sentences
from heapwise.views.report import Report

_BOLD, _DIM, _END = "\033[1m", "\033[2m", "\033[0m"


def render(report: Report, *, color: bool, command: str = "") -> str:
    """The verdict, ending with the next command to type (if given)."""
    bold, dim, end = (_BOLD, _DIM, _END) if color else ("", "", "")
    v = report.verdict
    lines = [f"heapwise: {bold}{sentences.headline(report)}{end}"]
    for holder in v.holders:
        margin = f" ±{units.size(holder.margin_bytes)}" if holder.margin_bytes else ""
        share = units.share(holder.held_bytes, v.peak_bytes)
        lines.append(
            f"  {bold}{units.size(holder.held_bytes):>9}{end}{margin} {share:>5}  {sentences.place(report, holder)}"
        )
        text = sentences.source(report, holder)
        if text:
            lines.append(f"{'':>19}{dim}{text}{end}")
    lines += [f"  {text}" for text in sentences.aftermath(report)]
    lines += [f"  {text}" for text in sentences.advice(report)]
    children = report.family.children
    if children:
        highest = max(children, key=lambda r: (r.summary.peak_bytes, str(r.path)))
        were = "child process was" if len(children) == 1 else "child processes were"
        lines.append(
            f"  {len(children)} {were} recorded; the largest peaked at "
            f"{units.size(highest.summary.peak_bytes)} (process {highest.meta.get('pid')})"
        )
    lines += [f"  note: {sentences.readable(text)}" for text in report.limits[:-1]]
    lines.append(f"  {dim}{sentences.own_cost(report)}{end}")
    if command:
        lines.append(f"  next: {command}")
    return "\n".join(lines) + "\n"
