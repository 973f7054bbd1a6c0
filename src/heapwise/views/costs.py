"""What a change costs, by the page of its rule: time, readability, or what is no longer possible."""

from __future__ import annotations

import re
from functools import cache

from heapwise import findings, lint

_COSTS = re.compile(r"\bCosts:\s+(.*?)(?=\.\s|\.?\s*\Z)", re.DOTALL)


@cache
def cost_of(code: str) -> str:
    """What the change that a rule advises costs, in a sentence; empty where its page names nothing."""
    found = _COSTS.search(findings.page(code) or lint.pages().get(code, ""))
    return " ".join(found[1].split()) if found else ""
