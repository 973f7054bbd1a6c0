"""Which class a finding's type is, and its change."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from heapwise.analyze.line_costs import LineCosts
from heapwise.model.finding import Finding
from heapwise.views.patches import with_patch

SOURCE = """
from dataclasses import dataclass
@dataclass
class Row:
    x: int
def read(path):
    @dataclass
    class Row:
        y: int
    return [Row(n) for n in range(1000)]
class Reader:
    @dataclass
    class Part:
        z: int
"""


def patched(subject: str, tmp_path: Path) -> str:
    pytest.importorskip("libcst")
    path = tmp_path / "shop" / "rows.py"
    path.parent.mkdir()
    path.write_text(SOURCE)
    costs = cast(LineCosts, SimpleNamespace(files=lambda: [path], script=tmp_path / "main.py"))
    told: dict[str, Any] = {
        "code": "HW301", "title": "", "file": "", "line": 0, "function": "", "holder": "",
        "evidence": (), "saving_bytes": 1, "method": "", "confidence": 1.0, "fix": "", "subject": subject,
    }  # fmt: skip
    return with_patch(Finding(**told), costs).patch


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("shop.rows.Row", 3),
        ("shop.rows.read.<locals>.Row", 7),
        ("shop.rows.Reader.Part", 12),
        ("shop.rows.write.<locals>.Row", 0),
        ("stock.rows.Row", 0),
    ],
)
def test_the_class_of_that_qualified_name_gets_slots(
    subject: str, line: int, tmp_path: Path
) -> None:
    changed = patched(subject, tmp_path).splitlines()
    heads = [int(each.split()[1].split(",")[0][1:]) for each in changed if each.startswith("@@")]
    assert len(heads) == (1 if line else 0)
    if line:
        hunk = changed[next(n for n, each in enumerate(changed) if each.startswith("@@")) + 1 :]
        before = [each for each in hunk if not each.startswith("+")]
        at = next(n for n, each in enumerate(before) if each.startswith("-"))
        assert heads[0] + at == line and "slots=True" in "".join(hunk)
