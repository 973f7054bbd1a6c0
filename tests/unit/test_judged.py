"""What counts as a gain of the resident set, which differs from run to run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.prove import proof


def arm(*peak_rss_bytes: int) -> Any:
    """Runs that say the same, with these resident sets."""
    bare = [SimpleNamespace(exit_code=0, files=(), said=b"a") for _ in peak_rss_bytes]
    return SimpleNamespace(values=lambda: {"peak_rss_bytes": [*peak_rss_bytes]}, bare=bare)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((1_700_000, 1_700_000), (1_500_000, 1_500_000), "disproved"),  # pages of the shell's file
        ((20_000_000, 20_000_000), (19_000_000, 19_000_000), "proved"),
        ((20_000_000,), (17_000_000,), "disproved"),
        ((200_000_000, 200_000_000), (199_000_000, 199_000_000), "disproved"),
    ],
)
def test_less_than_what_the_kernel_maps_by_chance_is_no_gain(
    before: tuple[int, ...], after: tuple[int, ...], verdict: str
) -> None:
    assert proof._judged((arm(*before), arm(*after)), len(before)).verdict == verdict
