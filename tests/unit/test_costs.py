"""What a change costs is told by the page of its rule."""

from __future__ import annotations

from heapwise import findings, lint
from heapwise.model.finding import Finding
from heapwise.render.findings import reasons, row
from heapwise.views.costs import cost_of

ADVISE_NO_CHANGE = {"HW100", "HW500"}


def test_every_page_that_advises_a_change_says_what_that_costs() -> None:
    pages = {**findings.pages(), **lint.pages()}
    assert {code for code in pages if not cost_of(code)} == ADVISE_NO_CHANGE
    assert cost_of("HW000") == ""


def test_a_cost_is_one_sentence_in_one_line() -> None:
    for code in {**findings.pages(), **lint.pages()}.keys() - ADVISE_NO_CHANGE:
        cost = cost_of(code)
        assert "\n" not in cost, code
        assert not {"Clean:", "What to do:", "Costs:"} & set(cost.split()), code
        assert 5 < len(cost) <= 200, code


def test_a_finding_shows_it() -> None:
    found = Finding("HW304", "records as dicts", fix="slots")
    assert ("costs", "keys are fixed") in list(reasons(found))
    assert row(found)["costs"] == "keys are fixed"
    assert "costs" not in dict(reasons(Finding("HW100", "a line", fix="ask again")))
