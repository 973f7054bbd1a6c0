"""Which of several pieces of code is faster, and which is smaller? Figures side by side, and a verdict."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Protocol

from heapwise import units
from heapwise.analyze.compare import interval
from heapwise.model.table import Table

_WORTH_SAYING = 1.05
_SMALL_BYTES = 1024


class Measured(Protocol):
    """What is compared: see `heapwise.capture.alternatives.Measured`."""

    name: str
    loops: int
    times_s: list[float]
    peak_bytes: int
    total_bytes: int
    kept_bytes: int
    allocations_count: int


def alternatives(found: Sequence[Measured]) -> Table:
    """name, time_s (median), time_low_s, time_high_s (of its rounds), runs_count, peak_bytes,
    total_bytes, allocations_count, kept_bytes."""
    return Table(
        "alternatives",
        {
            "name": [m.name for m in found],
            "time_s": [statistics.median(m.times_s) for m in found],
            "time_low_s": [min(m.times_s) for m in found],
            "time_high_s": [max(m.times_s) for m in found],
            "runs_count": [m.loops * len(m.times_s) for m in found],
            "peak_bytes": [m.peak_bytes for m in found],
            "total_bytes": [m.total_bytes for m in found],
            "allocations_count": [m.allocations_count for m in found],
            "kept_bytes": [m.kept_bytes for m in found],
        },
    )


def verdict(found: Sequence[Measured]) -> list[str]:
    """One sentence for each alternative after the first, which it is compared with."""
    first, *others = found
    return [
        f"{_named(other, found)} against {_named(first, found)}: {_time(first, other)}; "
        f"{_memory('peak', first.peak_bytes, other.peak_bytes)}; "
        f"{_memory('kept', first.kept_bytes, other.kept_bytes)}."
        for other in others
    ]


def _named(one: Measured, found: Sequence[Measured]) -> str:
    return f"[{found.index(one) + 1}]"


def _time(first: Measured, other: Measured) -> str:
    """Told by the logarithms of the rounds: their difference is that of a ratio."""
    logs = [[math.log(max(t, 1e-12)) for t in m.times_s] for m in (first, other)]
    ratio = math.exp(statistics.fmean(logs[1]) - statistics.fmean(logs[0]))
    bounds = interval(*logs)
    if bounds is None:
        return f"{_times(ratio, 'slower', 'faster')} (one round: no interval)"
    low, high = math.exp(bounds[0]), math.exp(bounds[1])
    if low <= 1 <= high:
        return f"no difference in time that is more than noise (ratio {low:.2f} to {high:.2f})"
    slower = _times(ratio, "slower", "faster")
    ends = (low, high) if ratio > 1 else (1 / high, 1 / low)
    return f"{slower} (95 % interval {ends[0]:.2f} to {ends[1]:.2f})"


def _times(ratio: float, more: str, less: str) -> str:
    return f"{ratio:.2f} times {more}" if ratio >= 1 else f"{1 / ratio:.2f} times {less}"


def _memory(what: str, before: int, after: int) -> str:
    if abs(after - before) < _SMALL_BYTES or max(before, after) < _WORTH_SAYING * min(
        before, after
    ):
        return f"{what} the same"
    if min(before, after) < _SMALL_BYTES:
        return f"{what} {units.size(after)}, not {units.size(before)}"
    return f"{what} {_times(after / before, 'larger', 'smaller')}"
