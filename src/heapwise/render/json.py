"""JSON: the whole report, keys as in the contract of the docs."""

from __future__ import annotations

import json
from typing import Any

from heapwise.render import documents, findings
from heapwise.views.report import Report


def render(report: Report) -> bytes:
    """UTF-8 JSON with a final newline; the same recording gives the same bytes."""
    document: dict[str, Any] = {
        "meta": documents.meta(report.recording),
        "summary": documents.summary(report.recording),
    }
    for table in report.tables:
        document[table.name] = list(table.rows())
    document.setdefault("lines", [])
    document["findings"] = [findings.row(each) for each in report.findings]
    document["total_saving_bytes"] = report.total_saving_bytes
    document["limits"] = list(report.limits)
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
