"""Which lines, functions or files of the program hold the memory?

An allocation inside a library counts for the innermost line of the program that led to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heapwise.analyze.selection import Selection, site_frame, user_frames
from heapwise.model.recording import Frame, Recording
from heapwise.model.table import Table

_Z95 = 1.959964


@dataclass
class _Sum:
    peak_bytes: float = 0
    end_bytes: float = 0
    total_bytes: float = 0
    count: float = 0
    end_count: float = 0
    residence_ms: float = 0
    variance: float = 0

    def rank(self, selection: Selection) -> float:
        """What rows are sorted by."""
        wanted = selection.sort or selection.at
        if wanted == "count":
            return self.count
        if wanted == "lifetime":
            return self.residence_ms / self.count if self.count else 0.0
        figure: float = getattr(self, f"{wanted}_bytes")
        return figure


def by_line(recording: Recording, selection: Selection) -> Table:
    """file, line, function; peak_bytes, end_bytes, total_bytes, count, mean_lifetime_ms."""
    return _grouped("lines", recording, selection, lambda f: (f.file, f.line, f.function))


def by_function(recording: Recording, selection: Selection) -> Table:
    """The same figures by file and function; line is where the function begins to allocate."""
    return _grouped("functions", recording, selection, lambda f: (f.file, 0, f.function))


def by_file(recording: Recording, selection: Selection) -> Table:
    """The same figures by file."""
    return _grouped("files", recording, selection, lambda f: (f.file, 0, ""))


def _grouped(
    name: str,
    recording: Recording,
    selection: Selection,
    key_of: Callable[[Frame], tuple[str, int, str]],
) -> Table:
    sites = selection.sites(recording)
    user = user_frames(recording)
    frames = recording.frames
    sums: dict[tuple[str, int, str], _Sum] = {}
    for site in sites:
        key = key_of(frames[site_frame(recording, site, user)])
        group = sums.get(key)
        if group is None:
            group = sums[key] = _Sum()
        group.peak_bytes += site.peak_bytes
        group.end_bytes += site.in_use_bytes
        group.total_bytes += site.total_bytes
        group.count += site.total_count
        group.end_count += site.in_use_count
        group.residence_ms += site.residence_ms
        group.variance += selection.variance(site)
    figure = f"{selection.at}_bytes"
    ranked = sorted(sums.items(), key=lambda item: (-item[1].rank(selection), item[0]))
    shown = ranked[: selection.limit] if selection.limit > 0 else ranked
    columns: dict[str, list[Any]] = {
        "file": [key[0] for key, _ in shown],
        "line": [key[1] for key, _ in shown],
        "function": [key[2] for key, _ in shown],
        "peak_bytes": [round(s.peak_bytes) for _, s in shown],
        "end_bytes": [round(s.end_bytes) for _, s in shown],
        "total_bytes": [round(s.total_bytes) for _, s in shown],
        "count": [round(s.count) for _, s in shown],
        "mean_lifetime_ms": [
            round(s.residence_ms / s.count, 3) if s.count else 0 for _, s in shown
        ],
    }
    if name != "lines":
        del columns["line"]
    if name == "files":
        del columns["function"]
    if recording.summary.sampled:
        columns["margin_bytes"] = [round(_Z95 * max(s.variance, 0) ** 0.5) for _, s in shown]
    left_out = len(ranked) - len(shown)
    note = ""
    if left_out:
        rest = sum(getattr(s, figure) for _, s in ranked[len(shown) :])
        note = f"{left_out} more hold {round(rest)} bytes"
    return Table(name, columns, note)
