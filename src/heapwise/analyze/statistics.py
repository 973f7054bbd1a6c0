"""Does a series grow, and how fast? A mean with its 95 % interval, and the shape over time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
    2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048,
    2.045, 2.042,
)  # fmt: skip
"""By degrees of freedom from 1 on; beyond, the normal distribution's."""
_NORMAL95 = 1.960
_LATE_SHARE = 0.25
"""A series whose later half grows by less than this part of the earlier one has had its warm-up."""
_SETBACK_SHARE = 0.10
_REST_SHARE, _LONG_REST = 0.25, 0.25
"""A step of less than the first part of the median one is a rest; rests at the end that make up the second
part of all steps, and are longer than any before, say that it has stopped."""
_NOTHING_SHARE, _LEAST_SINCE_ONSET = 0.01, 4
_RISE_SHARE, _LEAST_RISES = 0.10, 2
"""Growth whose mean step is not certain rises in so many steps at least, each by so much of the mean: one jump is
no growth."""


@dataclass(frozen=True)
class Growth:
    """mean, low, high: growth per step with its 95 % interval (of the later half, where there are steps
    enough). total: from the first to the last. verdict: `grows`, `settles` (warm-up), `steady` or
    `unclear`. steps: how many."""

    mean: float
    low: float
    high: float
    total: float
    verdict: str
    steps: int


def student95(freedom: float) -> float:
    """Student's t, two-sided 95 %, for 1 degree of freedom or more."""
    return _T95[int(freedom) - 1] if freedom < len(_T95) + 1 else _NORMAL95


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """(mean, low, high): the 95 % interval of the mean, by Student's t. One value is its own interval."""
    n = len(values)
    mean = sum(values) / n
    if n == 1:
        return mean, mean, mean
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    half = student95(n - 1) * deviation / math.sqrt(n)
    return mean, mean - half, mean + half


def since_onset(values: Sequence[float]) -> Sequence[float]:
    """Values from where they begin to rise from next to nothing (what came before is no slow growth), where enough
    of them are left to tell a shape."""
    least = _NOTHING_SHARE * values[-1] if values else 0.0
    first = next((n for n, value in enumerate(values) if value > least), 0)
    return (
        values[max(first - 1, 0) :]
        if len(values) - max(first - 1, 0) >= _LEAST_SINCE_ONSET
        else values
    )


def growth(values: Sequence[float], least_total: float) -> Growth:
    """How a level changes from step to step. least_total: less than this in all is no growth."""
    steps = [b - a for a, b in pairwise(values)]
    if not steps:
        return Growth(0.0, 0.0, 0.0, 0.0, "unclear", 0)
    half = len(steps) // 2
    late = steps[half:] if len(steps) >= 6 else steps
    mean, low, high = interval(late)
    total = values[-1] - values[0]
    return Growth(
        mean, low, high, total, _verdict(values, steps, low, total, least_total), len(steps)
    )


def _verdict(
    values: Sequence[float], steps: Sequence[float], low: float, total: float, least_total: float
) -> str:
    if total < least_total:
        return "steady"
    if len(steps) == 1:
        return "unclear"
    half = len(steps) // 2
    early, late = sum(steps[:half]), sum(steps[half:])
    if late * half < _LATE_SHARE * max(early, 0.0) * (len(steps) - half):
        return "settles"
    rest, longest = _rests(steps)
    if rest > max(1, longest):
        return "settles" if rest >= _LONG_REST * len(steps) else "unclear"
    highest = values[0]
    setback = 0.0
    for value in values:
        highest = max(highest, value)
        setback = max(setback, highest - value)
    rises = sum(step > _RISE_SHARE * total / len(steps) for step in steps)
    steady = len(steps) >= 3 and early > 0 and setback <= _SETBACK_SHARE * total
    if low > 0 or (steady and rises >= _LEAST_RISES):
        return "grows"
    return "unclear"


def _rests(steps: Sequence[float]) -> tuple[int, int]:
    """(at the end, the longest one before): for how many steps in a row it did not grow."""
    rising = sorted(step for step in steps if step > 0)
    if not rising:
        return 0, 0
    least = _REST_SHARE * rising[len(rising) // 2]
    lengths = [0]
    for step in steps:
        if step <= least:
            lengths[-1] += 1
        else:
            lengths.append(0)
    return lengths[-1], max(lengths[:-1], default=0)
