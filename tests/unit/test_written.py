"""Which arrays a module writes to."""

from __future__ import annotations

import pytest

from heapwise.lint.source import Source
from heapwise.lint.written import written_in_place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a[1:] = 0", {"a"}),
        ("part = a[3:]\npart.sort()", {"a", "part"}),
        ("import numpy as np\nnp.add.at(a, cells, 1)", {"a"}),
        ("import numpy as np\nnp.add(b, c, a)", {"a"}),
        ("for row in a: row[3] = 1", {"a", "row"}),
        ("for row, cell in zip(a, cells): row[cell] += 1", {"a", "row"}),
        ("for n, row in enumerate(a): row.fill(n)", {"a", "row"}),
        ("for n, row in enumerate(a): print(row[n])", set()),
        ("def put(x): x[0] = 1\nput(a)", {"a", "x"}),
    ],
)
def test_names_that_are_written_to(text: str, names: set[str]) -> None:
    assert written_in_place(Source("a.py", text)) == names
