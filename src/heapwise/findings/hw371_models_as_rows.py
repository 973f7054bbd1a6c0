"""HW371: models of pydantic, or results of pyparsing, are kept as rows.

A `BaseModel` validates what comes in, and each instance stays what that needs: a dict of its fields, a set of the names
that were given, room for extra and private attributes: 400 bytes and more beside the values.

A `ParseResults` has a list of what was found, a dict of the names with a list of places for each, and a set of names:
a thousand bytes for five texts.

What to do: let pydantic validate into a class with slots: `TypeAdapter(Row).validate_json(line)` with
`@pydantic.dataclasses.dataclass(slots=True)` or the standard library's; or `msgspec.Struct`. Costs: no `model_dump()`
on rows. Of pyparsing keep `tuple(result)`, or `result.as_dict()`. Clean: models of a request, results of a parse, which
soon go.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.freed import below
from heapwise.analyze.paths import attribute
from heapwise.findings.own_classes import class_names
from heapwise.findings.own_containers import entries_of
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import block_bytes, mean, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW371"
TITLE = "models of pydantic as rows"
TITLE_OF_RESULTS = "results of a parser as rows"
_RESULTS = "pyparsing.results.ParseResults"
_VALUES, _TUPLE_BYTES = ("str", "bytes", "int", "float", "bool", "NoneType"), 40
_MODEL = "pydantic.main.BaseModel"
_LEAST_COUNT, _SAMPLE, _HEAD_BYTES = 1000, 500, 32


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes of models with many instances, and results of a parser."""
    yield from _models(snapshot)
    yield from _results(snapshot)


def _results(snapshot: Snapshot) -> Iterator[Finding]:
    """What results of pyparsing have beside the texts that were found."""
    nodes = snapshot.of_type_exactly(_RESULTS)
    if len(nodes) < _LEAST_COUNT:
        return
    sizes = snapshot.nodes("size_bytes")
    freed = [node for node in below(snapshot, nodes) if snapshot.type_of(node) not in _VALUES]
    inner = {
        step.node
        for node in nodes
        for part in snapshot.steps_from(node)
        for step in snapshot.steps_from(part.node)
    }
    rows = [node for node in nodes if node not in inner]
    listed = [attribute(snapshot, node, "_toklist") for node in sampled(rows, _SAMPLE)]
    fields = mean(len(entries_of(snapshot, each)) for each in listed if each is not None)
    now = sum(sizes[node] for node in freed)
    saving = now - len(rows) * block_bytes(_TUPLE_BYTES + 8 * round(fields))
    if rows and saving >= worth_bytes(snapshot):
        told = [
            f"{len(rows)} results of {fields:.0f} values take {now / len(rows):.0f} bytes each beside these"
        ]
        yield structural(
            snapshot, rows[len(rows) // 2], CODE, TITLE_OF_RESULTS, saving_bytes=saving, confidence=0.8, evidence=told,
            fix="tuple(result), or result.as_dict(), for what is kept", freed=Freed(nodes=freed, entirely=True),
        )  # fmt: skip


def _models(snapshot: Snapshot) -> Iterator[Finding]:
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
