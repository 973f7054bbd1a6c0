"""What busy moments add between looks is told from what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heapwise.analyze.between_looks import is_passing


@pytest.mark.parametrize(
    ("levels", "lowest", "passing"),
    [
        ([10, 20, 30, 40], [10, 20, 30], False),  # it stays
        ([10, 20, 30, 40], [9, 9, 9], True),  # it is gone each time
        ([10, 20, 30, 40], [1010, 1010, 1010], True),  # so it is in a large heap
        ([10, 20, 30, 40], [1010, 1020, 1030], False),
        ([10, 60, 110, 160], [10, 20, 30], True),  # less than it, though the rest grows
        ([10, 10, 10, 160], [10, 10, 10], False),  # it came last: nobody knows yet
        ([10, 20, 30, 40], [], False),
        ([40, 30, 20, 10], [30, 20, 10], False),
    ],
)
def test_what_was_gone_between_the_looks(
    levels: list[float], lowest: list[float], passing: bool
) -> None:
    assert is_passing(levels, lowest) is passing


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=20), st.integers(0, 5000))
def test_what_is_never_freed_does_not_pass(steps: list[int], rest: int) -> None:
    levels = [sum(steps[:n]) for n in range(len(steps) + 1)]
    assert not is_passing(levels, [level + rest for level in levels[:-1]])
