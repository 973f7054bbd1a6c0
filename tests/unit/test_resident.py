"""Which moment stands for the heap's peak where the resident set is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.analyze.resident import fullest_tick, not_resident_bytes
from heapwise.model.tables import Tick


def recording(peak_at: int, *ticks: tuple[int, int]) -> Any:
    """Of (resident set, heap)."""
    rows = [Tick(float(at), rss, heap, 0) for at, (rss, heap) in enumerate(ticks)]
    summary = SimpleNamespace(peak_bytes=ticks[peak_at][1], peak_s=float(peak_at))
    return SimpleNamespace(ticks=rows, summary=summary)


@pytest.mark.parametrize(
    ("peak_at", "ticks", "at", "untouched"), [
        (1, [(100, 100), (600, 1000), (900, 995), (1000, 995), (400, 300)], 3, 0),  # written after it was allocated
        (1, [(100, 100), (600, 1000), (900, 700), (950, 995)], 1, 400),  # it was freed in between
        (2, [(300, 999), (800, 992), (700, 1000)], 1, 192),  # before the peak
        (0, [(500, 1000)], 0, 500),
    ],
)  # fmt: skip
def test_the_resident_set_is_that_of_the_fullest_moment_while_the_heap_was_as_high(
    peak_at: int, ticks: list[tuple[int, int]], at: int, untouched: int
) -> None:
    tick = fullest_tick(recording(peak_at, *ticks))
    assert tick is not None and tick.time_s == at
    assert not_resident_bytes(recording(peak_at, *ticks)) == untouched


def test_without_a_time_axis_nothing_is_said() -> None:
    summary = SimpleNamespace(peak_bytes=10, peak_s=0.0)
    assert fullest_tick(SimpleNamespace(ticks=[], summary=summary)) is None  # type: ignore[arg-type]
