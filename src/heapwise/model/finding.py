"""A finding: something wrong, as data. Renderers show it, gates count it, proofs test it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """code: HW and three digits; its page is `heapwise explain CODE`. file, line, function: where the
    program made it, empty and 0 where that was not recorded. holder: the path that keeps it, in
    Python's own words. evidence: what was seen, in sentences. saving_bytes: what would go. method:
    `measured`, or `computed`. confidence: 0 to 1. fix: what to change, in words or code."""

    code: str
    title: str
    file: str = ""
    line: int = 0
    function: str = ""
    holder: str = ""
    evidence: tuple[str, ...] = field(default=())
    saving_bytes: int = 0
    method: str = "measured"
    confidence: float = 0.5
    fix: str = ""
    fixable: bool = False
