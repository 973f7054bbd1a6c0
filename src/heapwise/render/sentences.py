"""The verdict in words: the same sentences on the terminal, in markdown and in HTML."""

from __future__ import annotations

import re

from heapwise import units
from heapwise.analyze.verdict import HeldLine
from heapwise.render.paths import where
from heapwise.views.report import Report

_SEVERAL, _ADVISED = 2, 3


def headline(report: Report) -> str:
    """When the heap and the resident set were highest, and how few lines held it."""
    v, summary = report.verdict, report.recording.summary
    about = "about " if summary.sampled else ""
    members = getattr(report.recording, "members", ())
    whose = f" of {len(members)} processes" if members else ""
    text = f"peak heap{whose} {about}{units.size(v.peak_bytes)} at {units.duration(v.peak_s)}"
    if v.peak_rss_bytes:
        text += f", peak RSS {units.size(v.peak_rss_bytes)}"
    if v.holders:
        lines = "one line" if len(v.holders) == 1 else f"{len(v.holders)} lines"
        text += f"; {lines} held {units.share(v.holders_share, 1)} of the heap"
    if (
        v.function
        and len(v.holders) != 1
        and v.function.held_bytes > v.peak_bytes * v.holders_share * 0.5
    ):
        text += f", {v.function.function} alone {units.share(v.function.held_bytes, v.peak_bytes)}"
    return text


def place(report: Report, line: HeldLine) -> str:
    """`app.py:41 enrich`."""
    return where(line.file, line.line, line.function, report.recording.meta)


def source(report: Report, line: HeldLine) -> str:
    """The line's source text, or nothing."""
    return report.recording.source_line(line.file, line.line)


def aftermath(report: Report) -> list[str]:
    """What is still alive, and how much came and went."""
    v, summary = report.verdict, report.recording.summary
    found = []
    if v.not_resident_bytes * 20 > v.peak_bytes:
        found.append(
            f"of that heap, {units.size(v.not_resident_bytes)} were not in memory: reserved by a "
            "pool, or never touched"
        )
    if v.end_bytes > 0:
        when = "when each process ended" if hasattr(report.recording, "members") else "at the end"
        text = f"still alive {when}: {units.size(v.end_bytes)}"
        if v.survivors:
            text += f", most from {place(report, v.survivors[0])} ({units.size(v.survivors[0].held_bytes)})"
        found.append(text)
    if v.total_bytes > 0:
        text = (
            f"churn: {units.size(v.churn_bytes)} allocated and freed again, in "
            f"{units.count(summary.allocations_count)} allocations"
        )
        if v.churners and v.total_bytes > 2 * v.peak_bytes:
            text += (
                f"; most at {place(report, v.churners[0])} ({units.size(v.churners[0].held_bytes)})"
            )
        found.append(text)
    return found


def own_cost(report: Report) -> str:
    """What the recording itself cost."""
    s = report.recording.summary
    return (
        f"recording cost about {units.duration(s.own_s)} of CPU time and {units.size(s.own_bytes)}"
    )


def readable(note: str) -> str:
    """A note with its sizes in units."""
    return re.sub(r"\b(\d{5,}) bytes", lambda m: units.size(int(m[1])), note)


def together(saving_bytes: int, count: int, whole_bytes: int) -> str:
    """What several changes come to; empty where there is but one."""
    if count < _SEVERAL:
        return ""
    return (
        f"All {count} together: saves {units.size(saving_bytes)}, {units.share(saving_bytes, whole_bytes)} of "
        f"{units.size(whole_bytes)}; what several of them would free is counted once."
    )


def advice(report: Report) -> list[str]:
    """What to change, most bytes first: `HW702 app.py:25 load: a list ... saves 429 MiB, 78 %; change: ...`."""
    peak = report.verdict.peak_bytes
    return [
        f"{each.code} {where(each.file, each.line, each.function, report.recording.meta)}: {each.title}; saves about "
        f"{units.size(each.saving_bytes)}, {units.share(each.saving_bytes, peak)}; change: {each.fix}"
        for each in report.findings[:_ADVISED]
    ]
