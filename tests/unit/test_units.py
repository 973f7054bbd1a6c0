"""Sizes and times as people read them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from heapwise import units


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.00 KiB"), (1536, "1.50 KiB"), (38_900_000, "37.1 MiB"),
     (-2048, "-2.00 KiB"), (1 << 40, "1024 GiB"), (1048575, "1.00 MiB")],
)  # fmt: skip
def test_size(value: int, shown: str) -> None:
    assert units.size(value) == shown


@given(st.integers(0, 1 << 50))
@example(1070)
def test_a_shown_size_reads_back_within_half_a_percent(value: int) -> None:
    assert units.parse_size(units.size(value)) == pytest.approx(value, rel=0.005, abs=1)


@pytest.mark.parametrize(
    ("text", "value"),
    [("256KiB", 262144), ("1 MiB", 1 << 20), ("64k", 65536), ("4096", 4096), ("0.5g", 1 << 29)],
)
def test_parse(text: str, value: int) -> None:
    assert units.parse_size(text) == value


@pytest.mark.parametrize("text", ["", "x", "12q", "KiB", "nan", "inf", "--"])
def test_parse_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        units.parse_size(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0004, "0 ms"), (0.85, "850 ms"), (1.84, "1.84 s"), (59.96, "60.0 s"), (125, "2 min 05 s")],
)
def test_duration(value: float, shown: str) -> None:
    assert units.duration(value) == shown
