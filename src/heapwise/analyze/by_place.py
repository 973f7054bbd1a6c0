"""Which lines, functions or files of the program hold the memory?

An allocation inside a library counts for the innermost line of the program that led to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from heapwise.analyze.selection import FIGURE_OF, Selection
from heapwise.model.recording import Recording
from heapwise.model.table import Table
from heapwise.model.tables import COPY_KIND, EXACT_FIGURES, FIGURES

_Z95 = 1.959964


Place = tuple[str, int, str]
"""file, line, function; 0 and empty where a grouping does not tell them apart."""


PARTS = ("python_bytes", "native_bytes", "mapped_bytes", "copied_bytes", "cpu_ns", "native_ns")
"""Besides the figures of sites: what of the selected figure is Python's blocks, native blocks, and
mappings; bytes copied; CPU time, and what of it passed in native code."""
_PART_OF_KIND = (
    "python_bytes",
    "python_bytes",
    "native_bytes",
    "mapped_bytes",
    "",
    "",
    "mapped_bytes",
)


def is_block(kind: int) -> bool:
    """Whether it is one of blocks that were asked for: by Python's allocators or malloc, and no mapping. (NumPy asks
    either, as its version goes; OpenBLAS maps its pool.)"""
    return _PART_OF_KIND[kind] in ("python_bytes", "native_bytes")


@dataclass(slots=True)
class Sums:
    """What a place holds: figures of `model.tables.FIGURES`, added up; and PARTS."""

    figures: dict[str, float]

    def __getitem__(self, name: str) -> float:
        return self.figures[name]

    def rank(self, selection: Selection) -> float:
        """What rows are sorted by."""
        wanted = selection.sort or selection.at
        if wanted in ("cpu", "copied"):
            return self["cpu_ns" if wanted == "cpu" else "copied_bytes"]
        if wanted == "count":
            return self["total_count"]
        if wanted == "lifetime":
            return self.mean_lifetime_ms
        return self[FIGURE_OF[wanted]]

    @property
    def mean_lifetime_ms(self) -> float:
        """How long a block lived; blocks that still live count until the end."""
        return self["residence_ms"] / self["total_count"] if self["total_count"] else 0.0

    def margin(self, figure: str) -> int:
        """Half of the 95 % interval of a sampled figure."""
        return round(_Z95 * math.sqrt(max(self[figure.replace("_bytes", "_variance")], 0)))


def by_line(recording: Recording, selection: Selection) -> Table:
    """file, line, function; peak_bytes, end_bytes, total_bytes, count, mean_lifetime_ms."""
    groups = lines(recording, selection, with_parts=True)
    return _table("lines", recording, selection, groups)


def by_function(recording: Recording, selection: Selection) -> Table:
    """The same figures by file and function."""
    groups = functions(lines(recording, selection, with_parts=True))
    return _table("functions", recording, selection, groups)


def by_file(recording: Recording, selection: Selection) -> Table:
    """The same figures by file."""
    all_lines = lines(recording, selection, with_parts=True)
    groups = _regrouped(all_lines, lambda place: (place[0], 0, ""))
    return _table("files", recording, selection, groups)


def lines(
    recording: Recording, selection: Selection, *, with_parts: bool = False
) -> dict[Place, Sums]:
    """All lines of the selection and what they hold; with PARTS only where they are asked for."""
    sites, charged = recording.sites, recording.site_user_frames
    rows = selection.rows(recording)
    rows_of_frame: dict[int, list[int]] = {}
    for row in rows:
        rows_of_frame.setdefault(charged[row], []).append(row)
    names = FIGURES if recording.summary.sampled else EXACT_FIGURES
    columns = [sites.figures[name].__getitem__ for name in names]
    frames = recording.frames
    parts = _parts(recording, selection, rows) if with_parts else {}
    no_parts = dict.fromkeys(PARTS, 0.0) if with_parts else {}
    present = sorted(rows_of_frame.keys() | parts.keys())
    function_of: dict[tuple[str, int], str] = {}
    for i in present:
        at = frames[i].file, frames[i].line
        function_of[at] = min(
            frames[i].function, function_of.get(at, frames[i].function), key=_outer
        )
    return _added_up(
        (
            (file, line, function_of[file, line]),
            Sums(
                {
                    name: sum(map(value_of, rows_of_frame.get(i, ())), 0.0)
                    for name, value_of in zip(names, columns, strict=True)
                }
                | (parts.get(i) or no_parts)
            ),
        )
        for i, (_, file, line) in ((i, frames[i]) for i in present)
    )


def _parts(
    recording: Recording, selection: Selection, rows: Sequence[int]
) -> dict[int, dict[str, float]]:
    """PARTS by frame."""
    sites, values = recording.sites, recording.sites.figures[selection.figure]
    charged = recording.site_user_frames
    found: dict[int, dict[str, float]] = {}
    hits = selection.matcher(recording)

    def add(frame: int, part: str, value: float) -> None:
        if value:
            found.setdefault(frame, dict.fromkeys(PARTS, 0.0))[part] += value

    for row in rows:
        add(charged[row], _PART_OF_KIND[sites.kind[row]], values[row])
    for row, kind in enumerate(sites.kind):
        if kind == COPY_KIND and hits(sites.parent[row], sites.frame[row]):
            add(charged[row], "copied_bytes", sites.figures["total_bytes"][row])
    cpu = recording.cpu
    for node, frame, cpu_ns, native_ns in zip(
        cpu.node, recording.cpu_user_frames, cpu.cpu_ns, cpu.native_ns, strict=True
    ):
        if frame >= 0 and hits(node, -1):
            add(frame, "cpu_ns", cpu_ns)
            add(frame, "native_ns", native_ns)
    return found


def _outer(function: str) -> tuple[int, str]:
    """A line is one line, also where a comprehension on it is a function of its own."""
    return len(function), function


def functions(groups: dict[Place, Sums]) -> dict[Place, Sums]:
    """Lines, added up by file and function."""
    return _regrouped(groups, lambda place: (place[0], 0, place[2]))


def ranked(groups: dict[Place, Sums], selection: Selection) -> list[tuple[Place, Sums]]:
    """Highest first; equals in the order of their places."""
    return sorted(groups.items(), key=lambda item: (-item[1].rank(selection), item[0]))


def _regrouped(groups: dict[Place, Sums], place_of: Callable[[Place], Place]) -> dict[Place, Sums]:
    return _added_up((place_of(place), sums) for place, sums in groups.items())


def _added_up(pairs: Iterable[tuple[Place, Sums]]) -> dict[Place, Sums]:
    found: dict[Place, Sums] = {}
    for place, sums in pairs:
        known = found.get(place)
        if known is None:
            found[place] = Sums(dict(sums.figures))
            continue
        for name, value in sums.figures.items():
            known.figures[name] += value
    return found


def _enough(figures: Sequence[float], share: float) -> int:
    """How many of the largest figures are needed to hold a share of their sum; at least one."""
    left = sum(figures) * share
    for count, figure in enumerate(figures, 1):
        left -= figure
        if left <= 0:
            return count
    return len(figures)


def _table(
    name: str, recording: Recording, selection: Selection, groups: dict[Place, Sums]
) -> Table:
    order = ranked(groups, selection)
    shown = order[: selection.limit] if selection.limit > 0 else order
    if selection.share < 1:
        shown = shown[: _enough([s.rank(selection) for _, s in order], selection.share)]
    columns: dict[str, list[Any]] = {
        "file": [place[0] for place, _ in shown],
        "line": [place[1] for place, _ in shown],
        "function": [place[2] for place, _ in shown],
        "peak_bytes": [round(s["peak_bytes"]) for _, s in shown],
        "end_bytes": [round(s["in_use_bytes"]) for _, s in shown],
        "total_bytes": [round(s["total_bytes"]) for _, s in shown],
        "count": [round(s["total_count"]) for _, s in shown],
        "mean_lifetime_ms": [round(s.mean_lifetime_ms, 3) for _, s in shown],
        "survival": [
            max(0.0, round(s["in_use_count"] / s["total_count"], 4)) if s["total_count"] else 0.0
            for _, s in shown
        ],
        "python_bytes": [round(s["python_bytes"]) for _, s in shown],
        "native_bytes": [round(s["native_bytes"]) for _, s in shown],
        "mapped_bytes": [round(s["mapped_bytes"]) for _, s in shown],
        "copied_bytes": [round(s["copied_bytes"]) for _, s in shown],
        "cpu_ms": [round(s["cpu_ns"] / 1e6, 1) for _, s in shown],
        "cpu_native_ms": [round(s["native_ns"] / 1e6, 1) for _, s in shown],
    }
    if name != "lines":
        del columns["line"]
    if name == "files":
        del columns["function"]
    if recording.summary.sampled:
        columns["margin_bytes"] = [s.margin(selection.figure) for _, s in shown]
    note = ""
    if len(order) > len(shown):
        rest = sum(s[selection.figure] for _, s in order[len(shown) :])
        note = f"{len(order) - len(shown)} more {name} hold {round(rest)} bytes"
    return Table(name, columns, note)
