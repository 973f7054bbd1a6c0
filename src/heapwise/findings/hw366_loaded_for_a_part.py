"""HW366: a file of many variables is loaded, and a few of them are read.

`loadmat(path)` makes every array of the file, `load_file` of safetensors every weight; the source asks for one by its
name.

What to do: say which: `loadmat(path, variable_names=["rpm"])`; `safe_open(path, framework="np").get_tensor(name)`;
`np.load` of an `.npz` file reads each where it is asked for. Costs: a second variable is a second read. Clean: mappings
that are handed on, gone through, or asked by names that the source does not tell; those whose named entries are most of
it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW366"
TITLE = "a part of what is loaded is read"
_LOADERS = {
    "loadmat": "loadmat(..., variable_names=[{}])",
    "load_file": 'safe_open(path, framework="np"), and get_tensor() of {}',
}  # fmt: skip
_LEAST_SHARE, _MOST_KEYS = 0.1, 4096


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Dicts that such a call makes, of which the program reads entries by their names."""
    source = program_source(snapshot)
    asked = {
        (source.file_of(call), call.lineno): (call, keys)
        for call in source.of(ast.Call) if (keys := _keys(source, call))
    }  # fmt: skip
    if not asked:
        return
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained, counts = snapshot.nodes("retained_bytes"), snapshot.nodes("edges_count")
    for node in snapshot.of_type_exactly("dict"):
        if counts[node] > _MOST_KEYS:
            continue
        steps = [step for step in snapshot.steps_from(node) if step.kind == "key"]
        large = {str(step.name): step.node for step in steps if not str(step.name).startswith("__")}
        largest = max(large.values(), key=lambda each: retained[each], default=node)
        at = snapshot.allocated_at(largest)  # the dict itself may be one that was free
        call, keys = (
            asked.get((at.file, at.line), (None, frozenset()))
            if at is not None
            else (None, frozenset())
        )
        if call is None or at is None:
            continue
        read = sum(retained[each] for name, each in large.items() if name in keys)
        # At the snapshot, not all may have been made: of what came by the peak, those that are read are as the others.
        held = costs.of(at.file, at.line, at.line).peak_bytes
        made = sum(retained[each] for each in large.values())
        later = len(keys - large.keys()) * made / max(len(large), 1)
        size = held - read - round(min(max(0, held - made), later))
        if size >= least:
            shown = ", ".join(map(repr, sorted(keys)))
            found = structural(
                snapshot, largest, CODE, TITLE, saving_bytes=size, confidence=0.8,
                evidence=[f"the source reads {shown} alone; at the peak the line held {units.size(size)} besides"],
                fix=_LOADERS[last_name(call.func)].format(shown), freed=Freed(lines={(at.file, at.line): size}),
            )  # fmt: skip
            yield found
            return


def _keys(source: ProgramSource, call: ast.Call) -> frozenset[str]:
    """The names by which what a loader gives is asked; empty where that is not all that is done with it."""
    if last_name(call.func) not in _LOADERS or any(
        each.arg == "variable_names" for each in call.keywords
    ):
        return frozenset()
    above = source.above(call)
    places: list[ast.expr] = [call]
    if (
        isinstance(above, ast.Assign)
        and len(above.targets) == 1
        and isinstance(above.targets[0], ast.Name)
    ):
        name, scope = above.targets[0].id, source.scope_of(call)
        places = [
            each for each in ast.walk(scope)
            if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
        ]  # fmt: skip
    keys = [_key(source, each) for each in places]
    return frozenset(key for key in keys if key) if all(keys) else frozenset()


def _key(source: ProgramSource, place: ast.expr) -> str:
    """`x["rpm"]`, `x.get("rpm")`."""
    above = source.above(place)
    name: ast.expr | None = None
    if isinstance(above, ast.Subscript) and above.value is place:
        name = above.slice
    elif isinstance(above, ast.Attribute) and above.attr == "get":
        call = source.above(above)
        name = call.args[0] if isinstance(call, ast.Call) and call.args else None
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
