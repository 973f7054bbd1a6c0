"""HW392: lists of all objects keep them.

`gc.get_objects()` gives a list that refers to every container there is, and so does what tools make of it to compare
with later (`muppy.get_objects()`): what would have gone stays with the list, 8 bytes a reference besides. A search for
a leak becomes one.

What to do: keep counts, by type, or weak references; let the list go in the function that asked for it. Costs: the
objects themselves cannot be looked at later. Clean: one list, that is looked at and let go.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW392"
TITLE = "lists of all objects keep them"
_LEAST_ENTRIES, _SAMPLE = 5000, 500
_OF_INTERPRETER = {
    "function",
    "type",
    "module",
    "wrapper_descriptor",
    "builtin_function_or_method",
    "cell",
    "tuple",
}
_LEAST_KINDS, _ASKS = 5, "get_objects"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Where the program asks for all objects: lists in which many kinds of the interpreter's own stand beside each
    other."""
    source = program_source(snapshot)
    if source.is_known and not any(last_name(each.func) == _ASKS for each in source.of(ast.Call)):
        return
    counts = snapshot.nodes("edges_count")
    lists = [
        node for node in snapshot.of_type_exactly("list")
        if counts[node] >= _LEAST_ENTRIES and _is_of_all(snapshot, node)
    ]  # fmt: skip
    saving = snapshot.retained_of(lists) if lists else 0
    if saving >= worth_bytes(snapshot):
        largest = max(lists, key=lambda node: snapshot.nodes("retained_bytes")[node])
        yield structural(
            snapshot, largest, CODE, TITLE, saving_bytes=saving, confidence=0.8,
            evidence=[f"{len(lists)} lists of all objects keep {units.size(saving)}"],
            fix="keep counts by type, or weak references, and let the list go", freed=Freed(roots=lists, entirely=True),
        )  # fmt: skip


def _is_of_all(snapshot: Snapshot, node: int) -> bool:
    """By a sample of what stands in it."""
    first, types = snapshot.nodes("first_edge")[node], snapshot.nodes("type")
    targets = snapshot.edges("target")
    edges = sampled(range(first, first + snapshot.nodes("edges_count")[node]), _SAMPLE)
    kinds = {snapshot.type_names[types[targets[edge]]] for edge in edges}
    return len(kinds & _OF_INTERPRETER) >= _LEAST_KINDS
