"""Tables of pandas: columns that the program does not name (HW716), and pandas itself (HW721)."""

from __future__ import annotations

from pathlib import Path

import pytest

from heapwise.model.recording import Recording
from tests.heap.test_whole_programs import advised, assert_one_arm_is_told

pytest.importorskip("pandas")
PROGRAM = """
import pandas as pd
jobs = {}
def job(function):
    jobs[function.__name__] = function
    return function
names = ["shop", "qty", *(f"x{n}" for n in range(MORE))]
with open("sales.csv", "w") as file:
    print(",".join(names), "comment", sep=",", file=file)
    for n in range(60_000):
        print(n % 40, n % 9, *((n * 7919 + k) % 100_003 for k in range(MORE)), f"order {n}", sep=",", file=file)
@job
def load(path):
    sales = pd.read_csv(path)
    USED
    return sales, sales.groupby("shop").qty.sum()
kept = jobs["load"]("sales.csv")
print(kept[1].sum())
"""


def codes(place: Path, more: int, used: str) -> list[tuple[str, int]]:
    text = PROGRAM.replace("MORE", str(more)).replace("USED", used)
    found, _, said = advised(place, text, "--snapshot", "peak,end")
    assert said
    return [(each["code"], each["line"]) for each in found["findings"]]


def test_a_wide_table_is_told(tmp_path: Path) -> None:
    line = 1 + PROGRAM.splitlines().index("    sales = pd.read_csv(path)")
    assert ("HW716", line) in codes(tmp_path, 20, "pass")


@pytest.mark.parametrize(
    ("more", "used"),
    [(4, "pass"), (20, "sales.to_csv('copy.csv')"), (20, "print(sales.describe())")],
)
def test_a_narrow_one_and_one_that_is_used_as_a_whole_are_not(
    more: int, used: str, tmp_path: Path
) -> None:
    assert "HW716" not in [code for code, _ in codes(tmp_path, more, used)]


IMPORTS = """
import pandas
ALSO
print(len([float(n) for n in range(100_000)]))
"""


@pytest.mark.parametrize(
    ("also", "is_told"),
    [
        ("pass", True),
        ("def set_up(): import pandas", True),  # and nobody calls it
        ("import pyarrow as pa; print(len(pa.array([1.0])))", False),
    ],
)
def test_an_import_is_not_unused_where_another_library_makes_it_later(
    also: str, is_told: bool, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    found, _, _ = advised(tmp_path, IMPORTS.replace("ALSO", also), "--snapshot", "peak,end")
    told = [each for each in found["findings"] if each["code"] == "HW721"]
    assert any("pandas" in each["evidence"][0] for each in told) is is_told


TOPS = """
import numpy as np
import pandas as pd
def log(day):
    users = pd.Categorical.from_codes(np.arange(9000, dtype="int32"), [f"user-{day:02d}-{n:07d}" for n in range(9000)])
    return pd.DataFrame({"user": users, "seconds": np.arange(9000) * 7919 % 9000 / 10})
def slowest(day):
    top = log(day).nlargest(5, "seconds")  # taken
    HERE
    return top
kept = [slowest(day) for day in range(50)]
print(kept[0]["user"].iloc[0])
"""


def test_categories_that_a_few_rows_keep_are_told_where_these_are_taken(tmp_path: Path) -> None:
    mended = "top['user'] = top['user'].cat.remove_unused_categories()"
    bad, good = (TOPS.replace("HERE", each) for each in ("pass", mended))
    assert_one_arm_is_told(tmp_path, "HW356", bad, good, "# taken", within=0.15, is_first=True)


LEVELS = """
import numpy as np
import pandas as pd
def readings(region):
    n = 20000
    frame = pd.DataFrame({"meter": [f"DE{region:02d}-{m:07d}" for m in range(n)], "no": [f"R{region}/{i:08d}" for i in
                          range(n)], "kwh": np.arange(n) * 7919 % n / 10})
    return frame.set_index(["meter", "no"])
def alerts(region):
    frame = readings(region)
    found = frame[frame["kwh"] > 1999.5]  # taken
    HERE
    return found
kept = [alerts(region) for region in range(14)]
print(len(kept[0]))
"""


def test_levels_that_a_few_rows_keep_are_told_where_these_are_taken(tmp_path: Path) -> None:
    bad, good = (
        LEVELS.replace("HERE", each)
        for each in ("pass", "found.index = found.index.remove_unused_levels()")
    )
    assert_one_arm_is_told(tmp_path, "HW356", bad, good, "# taken", within=0.15, is_first=True)


OF_ALL = """
import numpy as np
import pandas as pd
def rated(count):
    dice = np.random.default_rng(5)
    marks = {f"mark {n}": dice.integers(0, 6, count // 2, dtype=np.uint8) for n in range(8)}
    return pd.DataFrame({"number": np.arange(0, count, 2, dtype=np.int32), **marks})
def of_all(count): return rated(count).set_index("number").reindex(np.arange(count, dtype=np.int32))  # all
kept = of_all(900_000)
print(int(kept["mark 3"].sum()), len(kept))
"""


def test_numbers_that_became_floats_as_some_are_missing(tmp_path: Path) -> None:
    bad = OF_ALL
    good = bad.replace("**marks})", '**marks}).astype({each: "UInt8" for each in marks})')
    found, _, said = advised(tmp_path / "bad", bad, "--snapshot", "peak,end")
    _, _, twin_said = advised(tmp_path / "good", good, "--snapshot", "peak,end")
    [told] = [each for each in found["findings"] if each["code"] == "HW308"]
    before, after = (
        Recording.open(tmp_path / arm / "run.hw").summary.end_bytes for arm in ("bad", "good")
    )
    assert said == twin_said
    assert "UInt8" in told["fix"]
    assert "# all" in bad.splitlines()[told["line"] - 1]
    assert told["saving_bytes"] == pytest.approx(before - after, rel=0.1)
