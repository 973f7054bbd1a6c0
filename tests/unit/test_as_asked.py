"""What a saving is in bytes that were asked for, where a site's blocks are of one size, and where they are not."""

from __future__ import annotations

from array import array
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.analyze.at_peak import as_asked
from heapwise.model.finding import Finding, Freed

COUNT = 1000


class Drawn(SimpleNamespace):
    """What answers are remembered of."""

    __hash__ = object.__hash__


def saving(kind: str, sizes: list[int], asked: list[int], *, is_told: bool = False) -> int:
    """Of objects of a kind that go, all of one site. sizes: what they take; asked: of all blocks of the site; is_told:
    whether the snapshot says what these come to."""
    objects = sizes * COUNT
    columns = {
        "size_bytes": array("Q", [0, *objects]),
        "site": array("I", [0] + [7] * len(objects)),
    }
    nodes = range(1, len(objects) + 1)
    snapshot: Any = Drawn(
        nodes=columns.__getitem__, dominated=([0] * (len(objects) + 2), []),
        of_type_exactly=lambda name: nodes if name == kind else (),
        held={7: float(sum(asked) * COUNT)} if is_told else {},
    )  # fmt: skip
    held, count = float(sum(asked) * COUNT), float(len(asked) * COUNT)
    figures = {
        "peak_bytes": [held],
        "peak_count": [count],
        "total_bytes": [held],
        "total_count": [count],
    }
    recording: Any = Drawn(
        summary=SimpleNamespace(sampled=False),
        site_ids=[7],
        site_rows={7: 0},
        sites=SimpleNamespace(figures=figures),
    )
    freed = Freed(nodes=list(nodes), entirely=True)
    found = Finding("HW999", "drawn", saving_bytes=sum(objects), freed=freed)
    return as_asked([found], snapshot, recording)[0].saving_bytes


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize(
    ("kind", "sizes", "asked"),
    [("int", [32], [28]), ("str", [48], [41]), ("bytes", [528], [520]), ("tuple", [64], [64])],
)
def test_blocks_of_one_size_tell_exactly(
    kind: str, sizes: list[int], asked: list[int], is_told: bool
) -> None:
    assert saving(kind, sizes, asked, is_told=is_told) == sum(asked) * COUNT


def test_blocks_of_several_sizes_are_told_by_the_snapshot() -> None:
    assert saving("dict", [64, 656, 48], [64, 648, 41], is_told=True) == 753 * COUNT


def test_numbers_beside_a_table_are_as_large_as_they_are() -> None:
    # The site's mean is of small blocks and of large ones: 100 numbers to a table of 1200 bytes.
    assert saving("int", [32], [32] * 100 + [1200]) == 32 * COUNT


def test_an_array_whose_data_stand_elsewhere_tells_nothing_of_the_rest() -> None:
    sizes = [*[112] * (COUNT - 1), 7_200_000]  # of 104 and 112 bytes of one site, data elsewhere
    columns = {"size_bytes": array("Q", [0, *sizes]), "site": array("I", [0] + [7] * COUNT)}
    snapshot: Any = Drawn(
        nodes=columns.__getitem__, dominated=([0] * (COUNT + 2), []), of_type_exactly=lambda name: (), held={}
    )  # fmt: skip
    asked = float(104 * (COUNT - 1) + 112)
    figures = {
        "peak_bytes": [asked],
        "peak_count": [float(COUNT)],
        "total_bytes": [asked],
        "total_count": [float(COUNT)],
    }
    recording: Any = Drawn(
        summary=SimpleNamespace(sampled=False),
        site_ids=[7],
        site_rows={7: 0},
        sites=SimpleNamespace(figures=figures),
    )
    freed = Freed(nodes=range(1, COUNT + 1), entirely=True)
    found = Finding("HW999", "drawn", saving_bytes=112 * (COUNT - 1), freed=freed)
    [told] = as_asked([found], snapshot, recording)
    assert told.saving_bytes == pytest.approx(104 * (COUNT - 1), rel=0.001)


def test_texts_of_several_lengths_are_rounded_up_by_some_bytes_each() -> None:
    asked = [*range(42, 90)]
    sizes = [-(-each // 16) * 16 for each in asked]
    assert saving("str", sizes, asked) == pytest.approx(sum(asked) * COUNT, rel=0.06)
