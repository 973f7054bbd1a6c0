"""Labels of pandas' tables: hash tables of them, and those that only count."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.heap.test_lines_and_objects import advised

SERIES = """
import numpy as np
import pandas as pd
def load(n):
    ids = np.arange(n)
    ids *= 7919
    ids %= n
    return pd.Series(ids, index=ids)
prices = load(COUNT)
"""
LOOKED_UP = "basket = [3, 70_001, 900_000]\nprint(sum(prices.loc[k] for k in basket))"
CHOSEN = "basket = [3, 70_001, 900_000]\nprint(prices[prices.index.isin(basket)].sum())"
SORTED = "prices = prices.sort_index()\nprint(prices.loc[3])"


def test_a_hash_table_of_labels_saves_what_it_takes(run_program: Runner) -> None:
    pytest.importorskip("pandas")
    whole = SERIES.replace("COUNT", "1_150_000")
    found, peak = advised(run_program, whole + LOOKED_UP)
    [told] = [each for each in found if each["code"] == "HW345"]
    _, mended_peak = advised(run_program, whole + "print(prices.iloc[3])")
    assert told["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    twin, _ = advised(run_program, whole + CHOSEN)
    assert not {each["code"] for each in twin} & {"HW345", "HW324"}


@pytest.mark.parametrize(
    ("count", "use"), [("950_000", LOOKED_UP), ("1_100_000", SORTED), ("1_100_000", "print(1)")]
)
def test_labels_that_have_no_table_or_need_one(run_program: Runner, count: str, use: str) -> None:
    pytest.importorskip("pandas")
    found, _ = advised(run_program, SERIES.replace("COUNT", count) + use)
    assert not {each["code"] for each in found} & {"HW345", "HW324"}


FILTERED = """
import numpy as np
import pandas as pd
def chosen(frame): return frame[frame["a"] % 7 < 3]
kept = chosen(pd.DataFrame({"a": np.arange(1_200_000)}))
USE
"""


def test_labels_that_count_unless_they_are_read(run_program: Runner) -> None:
    pytest.importorskip("pandas")
    found, _ = advised(run_program, FILTERED.replace("USE", "print(kept['a'].sum())"))
    assert "HW324" in {each["code"] for each in found}
    twin, _ = advised(run_program, FILTERED.replace("USE", "print(kept.index.to_numpy().sum())"))
    assert "HW324" not in {each["code"] for each in twin}
