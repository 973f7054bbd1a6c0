"""HW371: models of pydantic are kept as rows.

A `BaseModel` validates what comes in, and each instance stays what that needs: a dict of its fields, a set of the names
that were given, room for extra and private attributes: 400 bytes and more beside the values.

What to do: let pydantic validate into a class with slots: `TypeAdapter(Row).validate_json(line)` with
`@pydantic.dataclasses.dataclass(slots=True)` or the standard library's; or `msgspec.Struct`. Costs: no `model_dump()`
on rows. Clean: models of a request, which soon go.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.own_classes import class_names
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import block_bytes, mean, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW371"
TITLE = "models of pydantic as rows"
_MODEL = "pydantic.main.BaseModel"
_LEAST_COUNT, _SAMPLE, _HEAD_BYTES = 1000, 500, 32


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes of models with many instances."""
    least = worth_bytes(snapshot)
    counts = {row.type: row.objects_count for row in snapshot.types}
    sizes = snapshot.nodes("size_bytes")
    for row, name in enumerate(snapshot.type_names):
        if counts.get(name, 0) < _LEAST_COUNT or _MODEL not in class_names(snapshot, row):
            continue
        nodes = snapshot.of_type_exactly(name)
        looks = [_parts(snapshot, node) for node in sampled(nodes, _SAMPLE)]
        now = mean(sum(sizes[part] for part in parts) for parts, _ in looks)
        then = mean(block_bytes(_HEAD_BYTES + 8 * fields) for _, fields in looks)
        saving = round((now - then) * len(nodes))
        if saving >= least:
            yield structural(
                snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {name}", saving_bytes=saving, confidence=0.8,
                fix="TypeAdapter over a dataclass(slots=True), or msgspec.Struct", subject=name,
                evidence=[f"{len(nodes)} models take {now:.0f} bytes each beside their values, {then:.0f} with slots"],
                freed=Freed(nodes=[part for node in nodes for part in _parts(snapshot, node)[0]]),
            )  # fmt: skip


def _parts(snapshot: Snapshot, node: int) -> tuple[list[int], int]:
    """(a model and what only it has for its fields, how many these are)."""
    above, parts, fields = snapshot.nodes("dominator"), [node], 0
    for step in snapshot.steps_from(node):
        name = str(step.name)
        if above[step.node] == node and (name == "__dict__" or name.startswith("__pydantic_")):
            parts.append(step.node)
        if name == "__dict__":
            fields = sum(each.kind == "key" for each in snapshot.steps_from(step.node))
    return parts, fields
