"""What changed between runs? Lines and functions of several recordings, matched and subtracted.

A line is matched by its file (below the program's directory), its function and its text, so that it
is found again after it has moved; where the text is not known, by its number. Runs of one kind may
be repeated: then a change is told from noise by Welch's interval for the difference of means.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from heapwise.analyze.by_place import Place, Sums, functions, lines
from heapwise.analyze.selection import Selection
from heapwise.analyze.statistics import student95
from heapwise.model.recording import Recording
from heapwise.model.table import Table

Key = tuple[str, str, str, int]
"""File, function, text (or number) of a line, and which of several equal ones it is."""
Runs = Sequence[Recording]
"""Recordings of one kind: repeated runs of one program."""

_SAME_SHARE = 0.01
"""With one run of each kind, what is told from noise is more than this share of the peak."""

SUMMARY = (
    "peak_bytes",
    "end_bytes",
    "total_bytes",
    "allocations_count",
    "peak_rss_bytes",
    "duration_s",
)


def interval(before: Sequence[float], after: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of mean(after) - mean(before) (Welch); None without repeated runs."""
    if len(before) < 2 or len(after) < 2:
        return None
    parts = [statistics.variance(x) / len(x) for x in (before, after)]
    spread = math.sqrt(sum(parts))
    change = statistics.fmean(after) - statistics.fmean(before)
    if spread == 0:
        return change, change
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(x) - 1) for part, x in zip(parts, (before, after), strict=True)
    )
    half = student95(freedom) * spread
    return change - half, change + half


def changed(before: Sequence[float], after: Sequence[float], whole: float) -> bool:
    """Whether a difference is more than noise. whole: the peak that a single run's is measured by."""
    found = interval(before, after)
    if found is not None:
        return found[0] > 0 or found[1] < 0
    change = abs(statistics.fmean(after) - statistics.fmean(before))
    return change > _SAME_SHARE * max(whole, 1)


def summaries(groups: Sequence[Runs]) -> Table:
    """figure, values (mean of each group), delta (last minus first), low, high, significant."""
    rows = []
    for figure in SUMMARY:
        values = [[float(getattr(r.summary, figure)) for r in runs] for runs in groups]
        whole = max(statistics.fmean(v) for v in values)
        rows.append({"figure": figure} | _difference(values, whole))
    return _table("summary", rows, ("figure",))


def changed_lines(groups: Sequence[Runs], selection: Selection) -> Table:
    """file, line (in the last group that has it), function, source, values, delta, low, high,
    significant, status (`new`, `gone`, `changed`, `same`); largest change first."""
    return _changes("lines", groups, selection, lines, _line_keys)


def changed_functions(groups: Sequence[Runs], selection: Selection) -> Table:
    """The same by file and function."""
    return _changes(
        "functions", groups, selection, lambda r, s: functions(lines(r, s)), _function_keys
    )


def _changes(
    name: str,
    groups: Sequence[Runs],
    selection: Selection,
    grouped: Callable[[Recording, Selection], dict[Place, Sums]],
    keys_of: Callable[[Recording, Mapping[Place, Sums]], dict[Key, Place]],
) -> Table:
    values: dict[Key, list[list[float]]] = {}
    places: dict[Key, tuple[Place, str]] = {}
    for number, runs in enumerate(groups):
        for run, recording in enumerate(runs):
            found = grouped(recording, selection)
            for key, place in keys_of(recording, found).items():
                if key not in values:
                    values[key] = [[0.0] * len(others) for others in groups]
                values[key][number][run] += found[place][selection.figure]
                places[key] = place, recording.source_line(place[0], place[1])
    whole = max(_peak(runs) for runs in groups)
    rows: list[dict[str, Any]] = []
    for key, of_groups in values.items():
        (file, line, function), source = places[key]
        difference = _difference(of_groups, whole)
        first, last = difference["values"][0], difference["values"][-1]
        status = "new" if first == 0 < last else "gone" if last == 0 < first else "changed"
        if not difference["significant"]:
            status = "same"
        rows.append(
            {"file": file, "line": line, "function": function, "source": source}
            | difference | {"status": status}
        )  # fmt: skip
    rows.sort(key=lambda row: (-abs(row["delta"]), row["file"], row["line"]))
    told = [row for row in rows if row["delta"] != 0]
    shown = told[: selection.limit] if selection.limit > 0 else told
    left = len(told) - len(shown)
    return _table(name, shown, ("file", "line", "function"), f"{left} more changed" if left else "")


def _difference(values: Sequence[Sequence[float]], whole: float) -> dict[str, Any]:
    means = [statistics.fmean(v) if v else 0.0 for v in values]
    bounds = interval(values[0], values[-1])
    delta = means[-1] - means[0]
    low, high = bounds if bounds is not None else (delta, delta)
    return {
        "values": [_plain(mean) for mean in means],
        "delta": _plain(delta), "low": _plain(low), "high": _plain(high),
        "significant": changed(values[0], values[-1], whole),
    }  # fmt: skip


def _plain(value: float) -> float:
    return round(value, 3) if abs(value) < 1000 and value != int(value) else round(value)


def _peak(runs: Runs) -> float:
    return statistics.fmean(r.summary.peak_bytes for r in runs) if runs else 0.0


def _line_keys(recording: Recording, found: Mapping[Place, Sums]) -> dict[Key, Place]:
    keys: dict[Key, Place] = {}
    met: dict[tuple[str, str, str], int] = {}
    for file, line, function in sorted(found):
        what = recording.source_line(file, line) or str(line)
        at = _below(recording, file), function, what
        met[at] = met.get(at, 0) + 1
        keys[(*at, met[at])] = file, line, function
    return keys


def _function_keys(recording: Recording, found: Mapping[Place, Sums]) -> dict[Key, Place]:
    return {(_below(recording, place[0]), place[2], "", 1): place for place in found}


def _below(recording: Recording, file: str) -> str:
    """A file's path below the program's directory or its libraries: two checkouts are one program."""
    places = [str(recording.meta.get("directory") or ""), str(recording.script_directory)]
    places += [str(place) for place in recording.meta.get("library_directories") or ()]
    for place in sorted(filter(None, places), key=len, reverse=True):
        if file.startswith(place.rstrip("/") + "/"):
            return file[len(place.rstrip("/")) + 1 :]
    return file


def _table(
    name: str, rows: Sequence[dict[str, Any]], least: Sequence[str], note: str = ""
) -> Table:
    names = list(rows[0]) if rows else [*least, "values", "delta", "low", "high", "significant"]
    return Table(name, {column: [row[column] for row in rows] for column in names}, note)
