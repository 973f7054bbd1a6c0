"""HW382: reports of validation errors keep what was not valid.

`error.errors()` of pydantic gives, for each fault, a dict with the whole `input` beside the place and the message: a
list of reports keeps all bodies that were refused.

What to do: `error.errors(include_input=False)`, or keep `loc` and `msg`. Costs: the report no longer shows what was
given. Clean: a few reports, of small inputs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW382"
TITLE = "reports of validation errors keep the input"
_FIELDS = {"type", "loc", "msg", "input"}
_MOST_FIELDS, _LEAST_REPORTS, _LEAST_SHARE = 6, 16, 0.1


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts with the fields of such a report, where the program asks errors for them."""
    asked = (each for each in program_source(snapshot).of(ast.Call) if not each.args)
    if not any(last_name(each.func) == "errors" for each in asked):
        return
    counts = snapshot.nodes("edges_count")
    reports, inputs = [], []
    for node in snapshot.of_type_exactly("dict"):
        if len(_FIELDS) <= counts[node] <= 2 * _MOST_FIELDS:
            fields = {str(s.name): s.node for s in snapshot.steps_from(node) if s.kind == "key"}
            if fields.keys() >= _FIELDS and len(fields) <= _MOST_FIELDS:
                reports.append(node)
                inputs.append(fields["input"])
    if len(reports) < _LEAST_REPORTS:
        return
    saving = snapshot.retained_of(inputs)
    if saving >= max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes")):
        yield structural(
            snapshot, reports[len(reports) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.8,
            evidence=[f"{len(reports)} reports of errors keep the inputs that were refused"],
            fix="error.errors(include_input=False)", freed=Freed(roots=inputs, entirely=True),
        )  # fmt: skip
