"""Advice as text and as JSON."""

from __future__ import annotations

import json
import textwrap

from heapwise import units
from heapwise.model.finding import Finding
from heapwise.render.leaks import finding_row
from heapwise.render.paths import shorten
from heapwise.render.sentences import readable
from heapwise.views.advise import Advice

NOTE = "Savings overlap: they are not to be added up. Each is computed from the sizes of this heap's own objects."


def text(advice: Advice, *, width: int = 100) -> str:
    """Each finding with its saving, place, evidence and what to change."""
    heap = advice.snapshot.figure("shallow_bytes")
    if not advice.findings:
        return f"nothing found that is worth a change (1 % of {units.size(heap)}).\n"
    lines = []
    for number, finding in enumerate(advice.findings, 1):
        lines.append(
            f"{number}. {finding.code} {finding.title}: saves {units.size(finding.saving_bytes)}, "
            f"{units.share(finding.saving_bytes, heap)} of the heap"
        )
        if finding.holder:
            lines.append(f"   kept by    {finding.holder}")
        if finding.file:
            lines.append(f"   made at    {_place(finding, advice)}")
        for told in finding.evidence:
            lines += _wrapped("because", readable(told), width)
        lines += [*_wrapped("change", finding.fix, width), ""]
    return "\n".join([*lines, NOTE]) + "\n"


def _wrapped(head: str, words: str, width: int) -> list[str]:
    parts = textwrap.wrap(words, max(40, width - 14)) or [""]
    return [f"   {head.ljust(11)}{parts[0]}", *(" " * 14 + part for part in parts[1:])]


def _place(finding: Finding, advice: Advice) -> str:
    meta = advice.snapshot.meta
    file = shorten(
        finding.file, directory=str(meta.get("directory") or ""),
        libraries=meta.get("library_directories") or (),
    )  # fmt: skip
    source = advice.snapshot.stacks.source_line(finding.file, finding.line)
    return f"{file}:{finding.line} {finding.function}  {source}".rstrip()


def document(advice: Advice) -> str:
    """JSON, keys as in the contract of the docs."""
    found = {
        "meta": advice.snapshot.meta,
        "summary": {"shallow_bytes": advice.snapshot.figure("shallow_bytes")},
        "findings": [finding_row(each) for each in advice.findings],
        "limits": [NOTE],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
