"""What a series of levels is called: growth, a warm-up that has settled, or neither."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from heapwise.analyze.statistics import growth, since_onset

SERIES = {
    "grows": [
        [0, 10, 20, 30, 40, 50, 60],
        [0, 0, 4, 4, 4, 8, 8, 8, 16, 16, 32],  # a table that doubles
    ],
    "settles": [[0, 30, 50, 58, 60, 60, 60, 60, 60]],
    "steady": [[40, 41, 40, 41, 40, 41]],
    "unclear": [
        [0, 0, 0, 0.01, 0.01, 0.01, 0.01, 0.01, 50],  # one jump
        [0, 50],
    ],
}


@pytest.mark.parametrize(
    ("verdict", "levels"), [(name, levels) for name, every in SERIES.items() for levels in every]
)
def test_a_series_is_called_by_its_shape(verdict: str, levels: Sequence[float]) -> None:
    assert growth(levels, 5).verdict == verdict


def test_growth_that_begins_late_is_judged_from_there() -> None:
    late = [0, 0, 0, 0, 0, 0, 0.2, 10, 20, 31, 40]
    assert since_onset(late) == [0.2, 10, 20, 31, 40]
    assert growth(since_onset(late), 5).verdict == "grows"
    assert since_onset([0, 0, 0, 0, 0, 50]) == [
        0,
        0,
        0,
        0,
        0,
        50,
    ]  # too few are left to tell a shape
    assert since_onset([7, 8, 9, 10]) == [7, 8, 9, 10]
    assert since_onset([]) == []
