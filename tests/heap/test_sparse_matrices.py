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
