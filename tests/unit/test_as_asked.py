"""What a saving is in bytes that were asked for."""

from __future__ import annotations

from array import array
from types import SimpleNamespace
from typing import Any

from heapwise.analyze.at_peak import as_asked
from heapwise.model.finding import Finding, Freed

SIZES, ROUNDED, NUMBERS = [0, 48, 528, 32, 32, 4032], bytes([0, 7, 8, 4, 4, 24]), {1, 2}
TYPES = [0, 0, 0, 1, 2, 0]


class Drawn(SimpleNamespace):
    """What answers are remembered of."""

    __hash__ = object.__hash__


def saving(saving_bytes: int, freed: Freed, *, sampled: bool = False, asked_bytes: int = 0) -> int:
    """Of some of five objects, of which two are ints."""
    columns = {
        "size_bytes": array("Q", SIZES), "rounded_bytes": ROUNDED, "type": TYPES,
        "site": array("I", TYPES),
    }  # fmt: skip
    snapshot: Any = Drawn(
        nodes=columns.__getitem__, dominated=(array("I", [0] * (len(SIZES) + 1)), array("I")),
        type_rows=lambda *names: NUMBERS if names == ("int", "float") else set(),
    )  # fmt: skip
    recording: Any = SimpleNamespace(summary=SimpleNamespace(sampled=sampled))
    found = Finding(
        "HW999", "drawn", saving_bytes=saving_bytes, freed=freed, asked_bytes=asked_bytes
    )
    return as_asked([found], snapshot, recording)[0].saving_bytes


def test_what_goes_is_as_much_as_was_asked_for() -> None:
    assert saving(48 + 528 + 32, Freed(nodes=(1, 2, 3))) == 41 + 520 + 28


def test_a_part_of_what_goes_in_proportion_where_nothing_takes_its_place() -> None:
    assert saving(24, Freed(nodes=(1,), entirely=True)) == round(24 * 41 / 48)


def test_where_others_take_its_place_of_numbers_alone() -> None:
    assert saving(300, Freed(nodes=(1, 2, 3, 4))) == 300 - 4 - 4


def test_what_was_measured_is_told_as_it_was() -> None:
    assert saving(48, Freed(nodes=(1,)), asked_bytes=40) == 40


def test_a_rounding_of_less_than_a_hundredth_is_not_told() -> None:
    assert SIZES[5] - 24 != saving(SIZES[5], Freed(nodes=(5,))) == SIZES[5]


def test_samples_are_left_alone() -> None:
    assert saving(48, Freed(nodes=(1,)), sampled=True) == 48
