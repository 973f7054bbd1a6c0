"""What the end of a run shows besides its peak."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from heapwise.model.finding import Finding
from heapwise.model.tables import KINDS
from heapwise.views import advise


def finding(code: str, line: int, saving_bytes: int) -> Finding:
    told: dict[str, Any] = {
        "code": code, "title": "", "file": "app.py", "line": line, "function": "", "holder": "", "evidence": (),
        "saving_bytes": saving_bytes, "method": "", "confidence": 1.0, "fix": "",
    }  # fmt: skip
    return Finding(**told)


def test_of_one_line_a_rule_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two ways of looking show of it is the same; less than twice of what the peak shows is no news."""
    monkeypatch.setattr(advise, "with_related", lambda each, _: each)
    peak = [finding("HW339", 7, 30 << 20), finding("HW307", 9, 20 << 20)]
    end = [
        finding("HW339", 3, 60 << 20), finding("HW339", 3, 50 << 20), finding("HW339", 7, 40 << 20),
        finding("HW307", 9, 50 << 20),
    ]  # fmt: skip
    for at_end in (end, end[::-1]):
        found = advise._besides(peak, cast(Any, SimpleNamespace()), at_end, 1 << 30, is_near=True)
        told = sorted((each.code, each.line, each.saving_bytes >> 20) for each in found)
        assert told == [("HW307", 9, 50), ("HW339", 3, 60), ("HW339", 7, 30)]


@pytest.mark.parametrize(("kind", "is_worth"), [("pool", True), ("malloc", False)])
def test_what_fills_a_pool_was_not_made_by_the_import_that_mapped_it(
    kind: str, is_worth: bool
) -> None:
    end: Any = SimpleNamespace(held={7: 80_000_000.0})
    recording: Any = SimpleNamespace(
        site_rows={7: 0}, sites=SimpleNamespace(kind=[KINDS.index(kind)]), site_own=[False],
        is_import=lambda row: True, summary=SimpleNamespace(peak_bytes=100_000_000),
    )  # fmt: skip
    assert advise._holds_much(end, recording) == is_worth
