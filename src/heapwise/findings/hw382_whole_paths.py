"""HW382: each place of a search keeps the whole way to it.

`paths[node] = paths[parent] + [node]`, or `queue.append((node, path + [node]))`: each list holds all of the one that it
was made of, and one item more. A thousand places a thousand steps deep are a million references.

What to do: keep the parent alone, `came_from[node] = parent`, and put the way together when the end is found. Costs:
some lines. Clean: short ways; lists that are kept one at a time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise.analyze.program_source import program_source
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import mean, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW382"
TITLE = "each place keeps the whole way to it"
_LEAST_LISTS, _LEAST_STEPS, _SAMPLE, _MOSTLY, _LEAST_SHARE = 64, 8, 50, 0.8, 0.1
_PARENT_BYTES = 8


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists and tuples that a line makes by adding one item, which begin alike."""
    source = program_source(snapshot)
    lines = {
        (source.file_of(each), line)
        for each in source.of(ast.BinOp) if isinstance(each.op, ast.Add) and _is_one(each.right)
        for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)
    }  # fmt: skip
    if not lines:
        return
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    counts, sizes = snapshot.nodes("edges_count"), snapshot.nodes("size_bytes")
    groups: dict[tuple[str, int], list[int]] = {}
    for kind in ("list", "tuple"):
        for node in snapshot.of_type_exactly(kind):
            at = snapshot.grown_at(node) if counts[node] > 1 else None
            if at is not None and (at.file, at.line) in lines:
                groups.setdefault((at.file, at.line), []).append(node)
    for nodes in groups.values():
        saving = sum(sizes[node] for node in nodes) - _PARENT_BYTES * len(nodes)
        steps = mean(counts[node] for node in nodes)
        if len(nodes) < _LEAST_LISTS or saving < least or steps < _LEAST_STEPS:
            continue
        if _begin_alike(snapshot, nodes):
            yield structural(
                snapshot, max(nodes, key=lambda each: sizes[each]), CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{len(nodes)} of them have {steps:.0f} items on average, and begin with the same one"],
                fix="keep the parent of each place: came_from[node] = parent", freed=Freed(nodes=nodes),
            )  # fmt: skip


def _is_one(node: ast.expr) -> bool:
    """`[x]`, `(x,)`."""
    return isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) == 1


def _begin_alike(snapshot: Snapshot, nodes: Sequence[int]) -> bool:
    firsts = [
        tuple(step.node for step in snapshot.first_steps(node, 1))
        for node in sampled(nodes, _SAMPLE)
    ]
    return firsts.count(max(firsts, key=firsts.count)) >= _MOSTLY * len(firsts)
