"""HW416: deep copies keep what they do not change.

`menu = self.menu.model_copy(deep=True)`, `state = copy.deepcopy(state)`, and then one entry is changed: each copy has
every object anew, and all but one of them are equal to those that it was made of.

What to do: copy what changes, and share the rest: `dataclasses.replace(x, cents=5)`, `x.model_copy(update={...})`,
`{**old, key: new}`. Costs: what is shared must not be changed in place afterwards. Clean: copies that become different;
containers of plain values (HW325 tells of these).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.analyze.trees import equal_nodes
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW416"
TITLE = "deep copies of what does not change"
_LEAST_INSTANCES = 100
_FIX = "copy what changes, share the rest: dataclasses.replace(), model_copy(update=...), {**old, key: new}"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lines that copy deeply, whose objects are for the most part equal to others that stay."""
    source, least = program_source(snapshot), worth_bytes(snapshot)
    for call in (each for each in source.of(ast.Call) if _is_deep(each)):
        nodes = snapshot.nodes_of_sites(_sites_of(snapshot, source, call))
        sizes = snapshot.nodes("size_bytes")
        if sum(sizes[node] for node in nodes) < least or (equal := equal_nodes(snapshot)) is None:
            continue
        same = [node for node in nodes if equal[node] != node]
        instances = sum("." in snapshot.type_of(node) for node in same)
        saving = sum(sizes[node] for node in same)
        if instances >= _LEAST_INSTANCES and saving >= least:
            whole = sum(sizes[node] for node in nodes)
            told = (
                f"of {len(nodes)} objects that were copied {len(same)} are equal to others that stay, "
                f"with {saving / whole:.0%} of the bytes"
            )
            yield structural(
                snapshot, max(same, key=lambda node: (sizes[node], -node)), CODE, TITLE, saving_bytes=saving,
                evidence=[told], confidence=0.6, fix=_FIX, freed=Freed(nodes=same),
            )  # fmt: skip


def _is_deep(call: ast.Call) -> bool:
    """Whether it is `copy.deepcopy(x)`, `x.model_copy(deep=True)` or `x.copy(deep=True)`."""
    name = last_name(call.func)
    deep = [each.value for each in call.keywords if each.arg == "deep"]
    is_asked = bool(deep) and isinstance(deep[0], ast.Constant) and deep[0].value is True
    return (name == "deepcopy" and bool(call.args)) or (name in ("model_copy", "copy") and is_asked)


def _sites_of(snapshot: Snapshot, source: ProgramSource, call: ast.Call) -> list[int]:
    """The sites whose line of the program is one of a call."""
    stacks, file = snapshot.stacks, source.file_of(call)
    lines = range(call.lineno, (call.end_lineno or call.lineno) + 1)
    found = []
    for site, row in snapshot.site_rows.items():
        frame = stacks.user_frame(row)
        if frame.line in lines and frame.file == file:
            found.append(site)
    return found
