"""Advice as text and as JSON."""

from __future__ import annotations

import json

from heapwise import units
from heapwise.model.finding import Finding
from heapwise.render import findings, proof
from heapwise.render.sentences import together
from heapwise.views.advise import Advice

NOTE = "Savings overlap, and are not to be added up."


def text(advice: Advice, *, width: int = 100) -> str:
    """Each finding with its saving, place, evidence, what to change, and what trying it showed."""
    whole = advice.whole_bytes
    rest = _rest(advice)
    if not advice.findings:
        none = f"nothing found that is worth a change beside {units.size(whole)}."
        return "\n".join([none, *rest]) + "\n"
    lines = []
    for number, finding in enumerate(advice.findings, 1):
        saves = findings.saves(finding, whole)
        lines.append(f"{number}. {finding.code} {finding.title}: {saves}")
        lines += [
            *findings.told(finding, advice.stacks, width=width),
            *_change(advice, finding),
            "",
        ]
    total = together(advice.total_saving_bytes, advice.all_count, whole)
    return "\n".join([*lines, *([total] if total else []), NOTE, *rest]) + "\n"


def _rest(advice: Advice) -> list[str]:
    """What holds most and no finding speaks of: where to look next; and what was not looked at."""
    if not advice.largest:
        return list(advice.limits)
    lines = ["", "What held most at the peak, and no change is known for:"]
    for each in advice.largest:
        size = units.size(each.size_bytes)
        lines += [
            "",
            f"   {size}, {units.share(each.size_bytes, advice.whole_bytes)} of {units.size(advice.whole_bytes)}",
            *findings.gathered(each, advice.stacks),
        ]
    return [*lines, *(["", *advice.limits] if advice.limits else [])]


def _change(advice: Advice, finding: Finding) -> list[str]:
    """How the saving was found, the diff, and what trying it showed."""
    sure = units.share(finding.confidence, 1)
    lines = [f"   {'saving'.ljust(11)}{finding.method}; confidence {sure}"]
    lines += [f"      {line}" for line in findings.change(finding, advice.meta)]
    tried = advice.proofs.get((finding.code, finding.file, finding.line))
    if tried is not None:
        lines += [f"   {line}" for line in proof.lines(tried, finding.saving_bytes)]
    return lines


def document(advice: Advice) -> str:
    """JSON, keys as in the contract of the docs."""
    rows = []
    for finding in advice.findings:
        tried = advice.proofs.get((finding.code, finding.file, finding.line))
        shown = {"patch": finding.patch, "proof": proof.row(tried) if tried is not None else None}
        rows.append(findings.row(finding) | shown)
    found = {
        "meta": advice.meta,
        "summary": {
            "whole_bytes": advice.whole_bytes,
            "total_saving_bytes": advice.total_saving_bytes,
            "findings_count": advice.all_count,
        },
        "findings": rows,
        "largest": [findings.gathered_row(each) for each in advice.largest],
        "limits": [NOTE, *advice.limits],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
