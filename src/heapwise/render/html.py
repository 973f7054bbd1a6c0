"""HTML: one file that holds the report and its viewer, and asks the network for nothing.

The document is columns, not objects; beyond 1 MB it is gzipped. Stacks below 1/20 000 of every
figure are merged into their callers, and the page says how many.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from heapwise import units
from heapwise.analyze.by_place import by_line
from heapwise.analyze.collector import pauses
from heapwise.analyze.resident import resident
from heapwise.analyze.spans import spans
from heapwise.analyze.stack_tree import StackTree, stack_tree
from heapwise.analyze.trend import with_trends
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.table import Table
from heapwise.render import documents, findings, page, sentences
from heapwise.render.paths import shorten, where
from heapwise.views.report import Report

_MERGED_BELOW = 1 / 20_000
_SOURCES_MOST = 4000
_LINES_MOST = 1000
_DETAILS = ("survival", "python_bytes", "native_bytes", "mapped_bytes", "copied_bytes", "cpu_ms",
            "cpu_native_ms", "mean_lifetime_ms", "trend_bytes")  # fmt: skip


def render(report: Report) -> bytes:
    """UTF-8 HTML."""
    title = "Heapwise: " + " ".join(map(str, report.recording.meta.get("command", [])[1:]))
    return page.page(_document(report), title=title)


def _document(report: Report) -> dict[str, Any]:
    recording = report.recording
    whole = stack_tree(recording, report.selection)
    tree, row_map, merged = _pruned(whole)
    strings: dict[str, int] = {"": 0}
    frames = _frames(recording, strings)
    limits = list(report.limits)
    if merged:
        limits.insert(
            0,
            f"{units.count(merged)} stacks that held next to nothing are merged into their callers.",
        )
    parts = resident(recording)
    return {
        "meta": documents.meta(recording),
        "summary": documents.summary(recording),
        "command": " ".join(map(str, recording.meta.get("command", []))),
        "cgroup_limit_bytes": recording.meta.get("cgroup_limit_bytes"),
        "verdict": _verdict(report),
        "resident": _plain(parts) | {"note": sentences.readable(parts.note)},
        "ticks": {
            "time_s": [t.time_s for t in recording.ticks],
            "rss_bytes": [t.rss_bytes for t in recording.ticks],
            "heap_bytes": [t.heap_bytes for t in recording.ticks],
        },
        "spans": _plain(spans(recording, replace(report.selection, limit=0))),
        "pauses": _plain(pauses(recording)),
        "strings": list(strings),
        "frames": frames,
        "source": _sources(recording, tree),
        "tree": _columns(recording, tree),
        "lines": _line_details(report),
        "moments": _moments(report, whole, row_map),
        "limits": [sentences.readable(text) for text in limits],
    }


def _plain(table: Table) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in table.columns.items()}


def _verdict(report: Report) -> dict[str, Any]:
    head = sentences.headline(report)
    return {
        "headline": head[0].upper() + head[1:] + ".",
        "holders": [
            {
                "bytes": held.held_bytes,
                "place": sentences.place(report, held),
                "source": sentences.source(report, held),
            }
            for held in report.verdict.holders
        ],
        "advice": [_finding(report, each) for each in report.findings],
        "advice_limits": list(report.advice_limits),
        "together": sentences.together(
            report.total_saving_bytes, len(report.findings), report.advice_whole_bytes
        ),
        "aftermath": [*sentences.aftermath(report), sentences.own_cost(report)],
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    """What it is and saves in a sentence; what is behind that; and the change as a diff."""
    recording = report.recording
    place = where(finding.file, finding.line, finding.function, recording.meta)
    head = f"{finding.code} {place}".rstrip()
    saves = findings.saves(finding, report.advice_whole_bytes)
    return {
        "said": f"{head}: {finding.title}; {saves}",
        "facts": [
            *findings.places(finding, recording),
            *findings.reasons(finding),
            ("saving", finding.method),
            ("confidence", units.share(finding.confidence, 1)),
        ],
        "patch": "\n".join(findings.change(finding, recording.meta)),
    }


def _frames(recording: Recording, strings: dict[str, int]) -> dict[str, list[int]]:
    meta = recording.meta
    columns: dict[str, list[int]] = {"function": [], "file": [], "line": [], "group": []}
    for frame in recording.frames:
        shown = shorten(frame.file, meta)
        columns["function"].append(strings.setdefault(frame.function, len(strings)))
        columns["file"].append(strings.setdefault(shown, len(strings)))
        columns["line"].append(frame.line)
        internal = not frame.file or frame.file.startswith("<frozen")
        columns["group"].append(2 if recording.is_user_file(frame.file) else 0 if internal else 1)
    return columns


def _pruned(tree: StackTree) -> tuple[StackTree, list[int], int]:
    """(tree without negligible rows, old row -> new row, how many were merged into their callers)."""
    sums = {name: tree.cumulative(name) for name in ("peak_bytes", "end_bytes", "total_bytes")}
    least = {name: column[0] * _MERGED_BELOW for name, column in sums.items()}
    row_map, parent, frame = [0], [0], [-1]
    own: dict[str, list[float]] = {name: [column[0]] for name, column in tree.own.items()}
    merged = 0
    for row in range(1, len(tree.parent)):
        above = row_map[tree.parent[row]]
        if any(column[row] > least[name] for name, column in sums.items()):
            row_map.append(len(parent))
            parent.append(above)
            frame.append(tree.frame[row])
            for name, column in own.items():
                column.append(tree.own[name][row])
            continue
        merged += 1
        row_map.append(above)
        for name, column in own.items():
            column[above] += tree.own[name][row]
    return StackTree(parent, frame, own, tree.site_row), row_map, merged


def _columns(recording: Recording, tree: StackTree) -> dict[str, Any]:
    """The tree; `charged` is the frame that a row's own bytes count for."""
    charged = [-1]
    user = [-1]
    for row in range(1, len(tree.parent)):
        at = tree.frame[row]
        is_user = recording.is_user_file(recording.frames[at].file)
        user.append(at if is_user else user[tree.parent[row]])
        charged.append(user[row] if user[row] >= 0 else at)
    names = {"peak": "peak_bytes", "end": "end_bytes", "total": "total_bytes", "count": "count"}
    figures = {short: [round(value) for value in tree.own[name]] for short, name in names.items()}
    return {"parent": list(tree.parent), "frame": list(tree.frame), "charged": charged} | figures


def _line_details(report: Report) -> dict[str, dict[str, Any]]:
    """`file:line`, as frames show it -> what is known of the line over the whole run."""
    recording, selection = report.recording, replace(report.selection, limit=_LINES_MOST)
    table = with_trends(by_line(recording, selection), recording, selection)
    meta = recording.meta
    found = {}
    for row in table.rows():
        shown = shorten(row["file"], meta)
        found[f"{shown}:{row['line']}"] = {name: row[name] for name in _DETAILS}
    return found


def _sources(recording: Recording, tree: StackTree) -> dict[int, str]:
    """Frame -> source line, of the program's own code."""
    found: dict[int, str] = {}
    for at in sorted(set(tree.frame[1:])):
        frame = recording.frames[at]
        if len(found) < _SOURCES_MOST and recording.is_user_file(frame.file):
            text = recording.source_line(frame.file, frame.line)
            if text:
                found[at] = text
    return found


def _moments(report: Report, tree: StackTree, row_map: list[int]) -> dict[str, Any]:
    columns: dict[str, list[Any]] = {
        "time_s": [],
        "heap_bytes": [],
        "start": [0],
        "row": [],
        "bytes": [],
    }
    for moment in report.recording.moments:
        sums: dict[int, int] = {}
        for index, held in moment.held:
            row = tree.site_row.get(index)
            if row is not None:
                sums[row_map[row]] = sums.get(row_map[row], 0) + held
        columns["time_s"].append(moment.time_s)
        columns["heap_bytes"].append(sum(sums.values()))
        columns["row"] += sums.keys()
        columns["bytes"] += sums.values()
        columns["start"].append(len(columns["row"]))
    return columns
