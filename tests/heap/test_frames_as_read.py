"""Columns that pandas read with the types of the reader: how much narrower ones save, of the peak while it reads."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from heapwise.analyze.frame_columns import FRAMES, arrays_of
from heapwise.model.snapshot import Snapshot
from tests.conftest import python
from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

pytest.importorskip("pandas")
PROGRAM = """
import os
if not os.fork():
    with open("fleet.csv", "w") as file:
        print("vehicle,charge,heat,seen,state,note", file=file)
        for n in range(ROWS): print(n % 3000, n % 101, f"{n % 600 / 10:.1f}", n * 10_000_019, STATES[n % 5], NOTE, sep=",", file=file)
    os._exit(0)
os.wait()
import pandas as pd
def load(path):
    fleet = pd.read_csv(path, MORE)  # read
    return fleet, fleet.iloc[::500].groupby("vehicle").charge.mean()
kept = load("fleet.csv")
print(len(kept[1]))
"""
STATES = '("charging", "idle", "driving", "maintenance", "offline")'
NARROW = "dtype={'vehicle': 'int16', 'charge': 'int8', 'heat': 'float32', 'state': 'category', 'note': 'int8'}"


def program(rows: int, more: str, note: str = "n % 7") -> str:
    return (
        PROGRAM.replace("ROWS", str(rows))
        .replace("STATES", STATES)
        .replace("NOTE", note)
        .replace("MORE", more)
    )


def assert_told(tmp_path: Path, bad: str, good: str, *, within: float) -> None:
    """In one of three runs: what pandas' and Arrow's threads hold at once differs, on a busy machine."""
    for attempt in range(3):
        place = tmp_path / str(attempt)
        place.mkdir()
        with contextlib.suppress(AssertionError):
            return assert_one_arm_is_told(place, "HW397", bad, good, "# read", within=within)
    pytest.fail("not told as it should be, three times")


@pytest.mark.parametrize("file", ["path", "open(path)"])
def test_types_of_the_reader_are_told_with_what_narrow_ones_save(file: str, tmp_path: Path) -> None:
    """A file of a name is read in parts by several threads, an open one by one. Whether pandas frees what the threads had
    before it puts the parts together, or while it does, is a race: then its peak is another one, now and then."""
    bad, good = (
        program(500_000, more).replace("read_csv(path", f"read_csv({file}") for more in ("", NARROW)
    )
    assert_told(tmp_path, bad, good, within=0.2)


TEXTS = """
import os
if not os.fork():
    with open("clicks.csv", "w") as file:
        print("campaign,country,page", file=file)
        for n in range(200_000):
            print(f"campaign of spring {n % 120}", COUNTRIES[n % 5], f"https://www.example.com/{n % 300:03d}", sep=",", file=file)
    os._exit(0)
os.wait()
import pandas as pd
clicks = pd.read_csv(open("clicks.csv"), dtype=HERE)  # read
print(clicks.groupby("country", observed=True).page.count().to_dict())
""".replace("COUNTRIES", '("Germany", "France", "Netherlands", "Czech Republic", "Portugal")')


def test_texts_are_told_with_the_room_that_is_made_for_more(tmp_path: Path) -> None:
    bad, good = (TEXTS.replace("HERE", kind) for kind in ("str", "'category'"))
    assert_told(tmp_path, bad, good, within=0.15)


CLEAN = {
    "columns that need what they have": program(100_000, "", "n * 1e9 + 0.123456789").replace(
        "n % 3000, n % 101", "n * 7_000_000_000, n * 7_000_000_001"),
    "doubles alone": program(200_000, "dtype={'vehicle': 'int16', 'charge': 'int8', 'state': 'category'}", "n % 97 / 100"),
    "narrow ones": program(100_000, NARROW),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_tables_that_need_it_are_not_told(name: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW397", CLEAN[name])


def test_columns_of_frames_of_numbers_are_counted() -> None:
    """Of two blocks, of which neither has a multiple of the other's columns; the values tell how many rows there are."""
    said = python(
        """
        import os, tempfile
        import numpy as np, pandas as pd
        import heapwise
        from heapwise.analyze.frame_columns import columns_counts
        from heapwise.model.snapshot import Snapshot
        whole = {f"a{n}": np.arange(9000) + n for n in range(5)}
        frame = pd.DataFrame(whole | {f"b{n}": np.linspace(n, 7, 9000) for n in range(2)})
        path = os.path.join(tempfile.mkdtemp(), "heap.hw")
        with heapwise.record(path + ".run"):
            frame = frame.copy()
            heapwise.snapshot(path)
        print(*columns_counts(Snapshot.open(path)).values())
        """
    )
    assert said.split() == ["7"]


def test_columns_of_arrays_are_counted_as_numpy_counts_them() -> None:
    """Of random arrays of few rows: how narrow each row could be; float32 gives back what is counted as of few
    digits."""
    said = python(
        """
        import os, tempfile
        from decimal import Decimal
        import numpy as np
        import heapwise
        from heapwise.model.snapshot import Snapshot
        dice = np.random.default_rng(7)
        def row_of_ints():
            width = dice.integers(1, 62)
            low = -(2 ** int(width)) if dice.random() < 0.5 else 0
            return dice.integers(low, 2 ** int(width), 9000)
        def row_of_floats():
            kind = dice.integers(0, 5)
            if kind == 0: return dice.random(9000)
            if kind == 1: return dice.integers(0, 300, 9000) / 8
            digits = int(dice.integers(0, 7))
            whole = dice.integers(-10 ** int(dice.integers(1, 9)), 10 ** int(dice.integers(1, 9)), 9000)
            row = np.array([float(f"{each}e-{digits}") for each in whole])
            if kind == 2: row[7] = np.nan
            return row
        arrays = [np.array([make() for _ in range(dice.integers(1, 9))]) for make in (row_of_ints, row_of_floats) for _ in range(40)]
        path = os.path.join(tempfile.mkdtemp(), "heap.hw")
        heapwise.snapshot(path)
        snapshot = Snapshot.open(path)
        nodes = {address: node for node, address in enumerate(snapshot.nodes("address"))}
        def narrowest(row):
            kinds = ("u1", "i1", "u2", "i2", "u4", "i4")
            if row.dtype == float:
                whole = np.all(row == np.rint(row)) and not np.any(np.signbit(row) & (row == 0))
                fits = [np.dtype(k).itemsize for k in kinds if whole and np.iinfo(k).min <= row.min() and row.max() <= np.iinfo(k).max]
                same = np.all((row.astype("f4").astype("f8") == row) | np.isnan(row))
                return min([*fits, 4 if same else 8])
            return min([np.dtype(k).itemsize for k in kinds if np.iinfo(k).min <= row.min() and row.max() <= np.iinfo(k).max] + [8])
        counted = [0, 0, 0, 0]
        for array in arrays:
            fact = lambda name: snapshot.fact(name, nodes[id(array)])
            widths = [narrowest(row) for row in array]
            assert fact("columns_count") == len(array), array.shape
            for width in (1, 2, 4):
                assert fact(f"columns_of_{width}") == widths.count(width), (width, widths, array[:, :3])
            wide = [row for row, width in zip(array, widths) if width == 8]
            def given_back(row): return all(float(str(np.float32(v))) == v or v != v for v in row)
            def is_short(row):
                numbers = [Decimal(repr(float(abs(v)))).normalize() for v in row if v == v]
                digits = max(max(0, -number.as_tuple().exponent) for number in numbers)
                return digits <= 6 and max(numbers) * 10 ** digits < 10 ** 6
            if array.dtype == float:
                short = [row for row in wide if is_short(row)]
                assert all(map(given_back, short))
                assert fact("columns_of_digits") == len(short), (fact("columns_of_digits"), wide)
                counted[3] += len(short)
            for at, width in enumerate((1, 2, 4)): counted[at] += widths.count(width)
        print(min(counted) > 5, counted)
        """
    )
    assert said.startswith("True"), said


def test_views_of_one_block_are_not_gone_through_for_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each view's block refers to a list of weak references to the blocks of all."""
    python(
        f"""
        import heapwise, pandas as pd
        table = pd.DataFrame({{"a": range(1000), "b": [n / 7 for n in range(1000)]}})
        kept = [table.iloc[n : n + 5] for n in range(1000)]
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    frames = [node for kind in FRAMES for node in snapshot.of_type_exactly(kind)]
    looked_at, steps_from = [0], Snapshot.steps_from

    def counted(self: Snapshot, node: int) -> list[Any]:
        steps = list(steps_from(self, node))
        looked_at[0] += len(steps)
        return steps

    monkeypatch.setattr(Snapshot, "steps_from", counted)
    for frame in frames:
        arrays_of(snapshot, frame)
    assert len(frames) > 1000 and 10 * len(frames) < looked_at[0] < 200 * len(frames)
