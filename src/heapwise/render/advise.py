"""Advice as text and as JSON."""

from __future__ import annotations

import json

from heapwise import units
from heapwise.render import findings
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
        lines += [*findings.told(finding, advice.snapshot.stacks, width=width), ""]
    return "\n".join([*lines, NOTE]) + "\n"


def document(advice: Advice) -> str:
    """JSON, keys as in the contract of the docs."""
    found = {
        "meta": advice.snapshot.meta,
        "summary": {"shallow_bytes": advice.snapshot.figure("shallow_bytes")},
        "findings": [findings.row(each) for each in advice.findings],
        "limits": [NOTE],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
