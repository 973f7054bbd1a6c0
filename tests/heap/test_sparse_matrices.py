"""Sparse matrices of SciPy, whose places are of four bytes or eight, and what could be one: one-hot rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_one_arm_is_told

pytest.importorskip("numpy")
MATRICES = """
import numpy as np
class Matrix:
    def __init__(self, rows, columns):
        self.data = np.ones(len(rows), dtype=np.int8)
        HERE
Matrix.__module__ = "scipy.sparse._matrix"
def places(n): return np.random.default_rng(n).integers(0, 30_000, 100_000)DTYPE  # made
kept = [Matrix(places(n), places(n + 90)) for n in range(12)]
print(len(kept))
"""


@pytest.mark.parametrize("kept", ["self.indices, self.indptr =", "self.coords ="])
def test_places_are_narrow_before_the_matrix_is_made(kept: str, tmp_path: Path) -> None:
    text = MATRICES.replace("HERE", f"{kept} rows, columns")
    bad, good = text.replace("DTYPE", ""), text.replace("DTYPE", ".astype(np.int32)")
    assert_one_arm_is_told(tmp_path, "HW308", bad, good, "# made", within=0.1)


MASKS = """
import numpy as np
PLANES = np.eye(8, dtype=np.float32)
def classes(n): return np.random.default_rng(n).integers(0, 8, (120, 160), dtype=np.uint8)
class Masks:
    def __init__(self, count): self.all = [MADE for n in range(count)]  # made
    def rows(self, n): return READ
masks = Masks(40)
print(sum(masks.rows(n).sum(axis=(0, 1)) for n in range(40)))
"""


def test_one_hot_rows_are_the_numbers_of_their_classes(tmp_path: Path) -> None:
    bad = MASKS.replace("MADE", "PLANES[classes(n)]").replace("READ", "self.all[n]")
    good = MASKS.replace("MADE", "classes(n)").replace("READ", "PLANES[self.all[n]]")
    assert_one_arm_is_told(tmp_path, "HW309", bad, good, "# made", within=0.1)


PIPELINE = """
import time
import numpy as np
OF_LIBRARY = '''
class Matrix:
    def __init__(self, rows, columns):
        self.columns, self.shape = np.arange(rows, dtype=np.int32) % columns, (rows, columns)
    def toarray(self):
        made = np.zeros(self.shape)
        made[np.arange(len(self.columns)), self.columns] = 1.0
        return made
    def sum(self):
        return float(len(self.columns))
'''
exec(compile(OF_LIBRARY, "<made by a library>", "exec"))
Matrix.__module__ = "scipy.sparse._matrix"
def table(matrix): return matrix.toarray()  # dense
class Step:
    def __init__(self, function): self.function = function
    def fit(self, data):
        given = self.function(data) if self.function else data
        time.sleep(0.3)
        return given.sum()
print(Step(HERE).fit(Matrix(3000, 2000)))
"""


def test_what_a_function_has_made_dense_and_given_back_is_told(tmp_path: Path) -> None:
    bad, good = (PIPELINE.replace("HERE", each) for each in ("table", "None"))
    assert_one_arm_is_told(tmp_path, "HW332", bad, good, "# dense", within=0.05)
