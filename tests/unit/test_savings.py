"""Which lines a hit counts for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from heapwise import lint
from heapwise.analyze.line_costs import Cost
from heapwise.lint.savings import lines_of

TEXT = """
import csv, io
def export(rows, file):
    out = io.StringIO()
    table = csv.writer(out)
    table.writerows(rows)
    file.write(out.getvalue())
"""


def test_lines_that_fill_a_buffer_count_while_it_is_filled_as_well() -> None:
    """At the peak the buffer is the text that the last line made of it."""
    [hit] = lint.check_text("a.py", TEXT, {"HW725"}, sized=True)

    def of(path: str, first: int, last: int) -> Cost:
        return Cost(peak_bytes=1000 if first == 7 else 0)

    def through(path: str, first: int, last: int) -> dict[tuple[str, int], Cost]:
        return {(path, line): of(path, line, line) for line in range(first, last + 1)}

    costs: Any = SimpleNamespace(of=of, through=through)
    assert lines_of(hit, costs) == {("a.py", 7): 1000, ("a.py", 5): 0, ("a.py", 6): 0}
