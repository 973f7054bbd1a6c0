"""Which moment stands for the heap's peak where the resident set is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from heapwise.analyze.resident import fullest_tick, not_resident_bytes, resident
from heapwise.model.tables import KINDS, Tick


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


def test_what_is_known_to_be_resident_comes_before_what_was_allocated() -> None:
    """Of the heap there are pages that nobody touched; the recorder's own tables are there."""
    ticks = [Tick(0.0, 1000, 900, 0, file_bytes=150)]
    summary = SimpleNamespace(
        peak_bytes=900, peak_s=0.0, start_rss_bytes=100, start_file_bytes=50, own_bytes=80
    )
    kinds = {"pymalloc": 200, "malloc": 600, "pool": 100}
    sites = SimpleNamespace(
        kind=[KINDS.index(each) for each in kinds], figures={"peak_bytes": list(kinds.values())}
    )
    table = resident(cast(Any, SimpleNamespace(ticks=ticks, summary=summary, sites=sites)))
    parts = dict(zip(table.columns["name"], table.columns["bytes"], strict=True))
    assert sum(parts.values()) == 1000
    assert (parts["the recorder"], parts["libraries, files, shared memory"]) == (80, 100)
    assert parts["pools of libraries (touched pages)"] == 100
    assert (parts["small Python objects"], parts["native allocations"]) == (200, 420)
    assert parts["not attributed"] == 0 and table.note.startswith("180 bytes")
