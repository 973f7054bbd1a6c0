"""What of a line's bytes a change is said to save, by what is done with them."""

from __future__ import annotations

import pytest

from heapwise.lint import hw728_whole_for_a_part, hw730_workbook_whole
from heapwise.lint.rule import Saves
from heapwise.lint.source import Source

WORKBOOK = """
import openpyxl
def rows(path):
    book = openpyxl.load_workbook(path)
    kept = []
    for row in book["ledger"].iter_rows(values_only=True):
        HERE
    print(kept)
for row in rows("ledger.xlsx") or (): print(row)
"""


@pytest.mark.parametrize(
    ("done", "saves"),
    [("yield row", Saves.WHOLE), ("print(row)", Saves.WHOLE), ("kept.append(row)", Saves.HALF)],
)
def test_rows_that_are_given_on_are_not_kept(done: str, saves: Saves) -> None:
    source = Source("app.py", WORKBOOK.replace("HERE", done))
    assert [each.saves for each in hw730_workbook_whole.look(source)] == [saves]


TOTAL = """
class Total:
    def __init__(self): self.value, self.by_store, self.rows = 0, {}, []
    def add(self, row):
        number, store, *rest = row
        self.value += number
        self.by_store[store] = self.by_store.get(store, 0) + 1
        DONE
"""


@pytest.mark.parametrize(
    ("done", "saves"),
    [
        ("pass", Saves.WHOLE),
        ("self.rows.append(row)", Saves.HALF),
        ("self.rows.append(rest)", Saves.HALF),
    ],
)
def test_a_method_of_the_program_is_looked_into(done: str, saves: Saves) -> None:
    """`add` of a class of its own keeps what its body keeps."""
    text = TOTAL.replace("DONE", done) + WORKBOOK.replace("kept = []", "kept = Total()")
    source = Source("app.py", text.replace("HERE", "kept.add(row)"))
    assert [each.saves for each in hw730_workbook_whole.look(source)] == [saves]


PAIRS = """
import numpy as np
def nearest(a, b):
    gaps = a[:, None, :] - b[None, :, :]
    apart = np.sqrt((gaps**2).sum(axis=2))
    first = apart.argmin(axis=1)
    return first, HERE
"""


@pytest.mark.parametrize(
    ("read", "saves"),
    [
        ("apart[np.arange(len(a)), first]", Saves.WHOLE),
        ("apart.min(axis=1)", Saves.WHOLE),
        ("apart", Saves.TEMPORARIES),
        ("apart[first]", Saves.TEMPORARIES),
        ("apart.min()", Saves.TEMPORARIES),
    ],
)
def test_pairs_of_which_one_of_a_row_is_taken_need_not_be_there(read: str, saves: Saves) -> None:
    source = Source("app.py", PAIRS.replace("HERE", read))
    assert [each.saves for each in hw728_whole_for_a_part.look(source)] == [saves]
