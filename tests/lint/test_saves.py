"""What of a line's bytes a change is said to save, by what is done with them."""

from __future__ import annotations

import pytest

from heapwise.lint import hw730_workbook_whole
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
