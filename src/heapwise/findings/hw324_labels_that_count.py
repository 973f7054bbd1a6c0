"""HW324: the labels of a table's rows are an array, and only count them.

A `RangeIndex` takes nothing, however many rows it numbers. After a filter, `concat`, `sort_values` or `drop` it becomes
an array of eight bytes a row.

What to do: `reset_index(drop=True)`, `concat(..., ignore_index=True)`, where rows are not looked up by label. Costs:
rows are no longer found by their old numbers. Clean: a `RangeIndex`; labels that are looked up, which their hash table
shows; labels that are no numbers; those that the program gives (`index=`, `set_index`) or reads (`index.isin`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW324"
TITLE = "labels of rows that only count"
_TABLES = ("pandas.DataFrame", "pandas.Series")
_TYPES = ("pandas.Index", "pandas.core.indexes.base.Index")
_READING = frozenset((
    "isin", "values", "to_numpy", "array", "tolist", "get_loc", "get_indexer", "searchsorted", "intersection",
    "difference", "union", "map",
))  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Indices of numbers in which nobody has looked anything up, by the lines that made them."""
    sizes, above = snapshot.nodes("size_bytes"), snapshot.nodes("dominator")
    sites, lines = snapshot.nodes("site"), lines_of_sites(snapshot)
    numbers, work = snapshot.facts.get("fits_bytes", {}), library_work(snapshot)
    groups: dict[int, list[int]] = {}
    for node in (node for kind in _TYPES for node in snapshot.of_type_exactly(kind)):
        steps = {step.name: step.node for step in snapshot.steps_from(node)}
        labels, cache = steps.get("_data"), steps.get("_cache")
        if labels is None or cache is None or labels not in numbers or above[labels] != node:
            continue
        used = {step.name for step in snapshot.steps_from(cache)}
        if "_engine" not in used and not _is_given(snapshot, node) and not work.has(snapshot, node):
            groups.setdefault(lines.get(sites[labels], -labels), []).append(labels)
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    for found in groups.values():
        saving = sum(sizes[each] for each in found)
        if saving >= least and not _is_meant(snapshot, found[-1]):
            several = f"{len(found)} indices" if len(found) > 1 else "an index"
            yield structural(
                snapshot, above[found[-1]], CODE, TITLE, saving_bytes=saving, confidence=0.6,
                evidence=[f"{several} of {saving} bytes, in which nothing was looked up"],
                fix="reset_index(drop=True), or ignore_index=True where it is made",
                freed=Freed(nodes=found),
            )  # fmt: skip


def _is_given(snapshot: Snapshot, node: int) -> bool:
    """Whether a function works on just this table now: what becomes of it is not to be seen."""
    holders = snapshot.dominators(node)
    above = snapshot.nodes("dominator")
    return any(
        snapshot.type_of(each) in _TABLES and snapshot.type_of(above[each]) == "<thread>"
        for each in holders
    )


def _is_meant(snapshot: Snapshot, labels: int) -> bool:
    """Whether the line that made some labels asks for them by name, or the program reads labels of a table."""
    source = program_source(snapshot)
    at = snapshot.allocated_at(labels)
    if any(_is_read(source, each) for each in source.of(ast.Attribute)):
        return True
    if at is None:
        return False
    looked_at: list[ast.Call | ast.Assign] = [*source.of(ast.Call), *source.of(ast.Assign)]
    there = [
        each for each in looked_at
        if each.lineno <= at.line <= (each.end_lineno or each.lineno) and source.file_of(each) == at.file
    ]  # fmt: skip
    names = {
        target.id for each in there if isinstance(each, ast.Assign)
        for target in each.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    given = (call for call in source.of(ast.Call) if names & _names_given(call))
    return any(isinstance(each, ast.Call) and _gives_labels(each) for each in there) or any(given)


def _names_given(call: ast.Call) -> set[str]:
    given = [each.value for each in call.keywords if each.arg == "index"]
    return {each.id for each in given if isinstance(each, ast.Name)}


def _is_read(source: ProgramSource, node: ast.Attribute) -> bool:
    above = source.above(node)
    return node.attr == "index" and isinstance(above, ast.Attribute) and above.attr in _READING


def _gives_labels(call: ast.Call) -> bool:
    if last_name(call.func) == "set_index":
        return True
    given = [each.value for each in call.keywords if each.arg in ("index", "index_col")]
    constants = [each.value if isinstance(each, ast.Constant) else "" for each in given]
    return any(each is not None and not isinstance(each, bool) for each in constants)
