"""HW162: native memory grows, Python's does not.

What grows was allocated by native code (malloc, mmap) below this line, and no Python object accounts for it.

What to do: close, free or release what the library gave (its documentation says how); `heapwise run --native` shows
which native function allocates. Where the line makes many objects of the library's own, the path to those is told: what
keeps them keeps the memory (a text found by lxml's XPath keeps its whole document). Costs: nothing. Clean: native
memory that is freed with its Python owner.
"""

from __future__ import annotations

from heapwise.analyze.leaks import NATIVE, Suspect
from heapwise.findings.place import of_growth
from heapwise.model.finding import Finding, Nature

CODE = "HW162"
TITLE = "native memory grows"
_SMART_STRING = "lxml.etree._ElementUnicodeResult"


def of_line(suspect: Suspect) -> Finding | None:
    """A line whose bytes no object of the snapshot has."""
    if suspect.type != NATIVE:
        return None
    fix = (
        "close or release what the library gave; `heapwise run --native` shows the native function"
    )
    told = ["no Python object has these bytes"]
    if _SMART_STRING in suspect.types:
        told.append("texts that XPath has found keep the documents that they are from")
        return of_growth(
            suspect, CODE, TITLE, confidence=0.9, nature=Nature.SPECIAL, evidence=told,
            fix="xpath(..., smart_strings=False), or str(text) for what is kept",
        )  # fmt: skip
    if suspect.line is None and suspect.levels and not suspect.span_s:
        told.append("the C library gave them to code whose calls are not recorded")
    return of_growth(suspect, CODE, TITLE, confidence=0.7, fix=fix, evidence=told)
