"""HW381: an undo history keeps whole copies.

`self.history.append(self.pixels.copy())` before each change keeps the whole picture for each step, of which a step
changes a small part.

What to do: keep what a step changes (the region and its old pixels, the key and its old value), a bound number of
steps, or compress the older ones. Costs: undo puts the part back in the place of the whole. Clean: small copies;
copies of parts; lists of copies that nothing takes the last of again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW381"
TITLE = "an undo history keeps whole copies"
_LEAST_SHARE, _LEAST_COPIES, _LEAST_EACH_BYTES = 0.15, 8, 64 << 10
_COPIES, _OF_ARGUMENT = (
    {"copy", "deepcopy", "tobytes", "__copy__"},
    {"copy", "deepcopy", "bytes", "array"},
)
_PUTS = {"append", "appendleft"}


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Copies that are put at the end of what the program takes the last of, by what their lines held at the peak."""
    source = program_source(snapshot)
    taken = _taken_from(source)
    if not taken:
        return
    least = max(worth_bytes(snapshot), _LEAST_SHARE * costs.peak_bytes)
    for call in source.of(ast.Call):
        if not _is_copy(call) or _put_into(source, call) not in taken:
            continue
        file, last = source.file_of(call), call.end_lineno or call.lineno
        held = costs.of(file, call.lineno, last)
        if held.largest_bytes < _LEAST_EACH_BYTES or held.peak_bytes < least:
            continue
        count = held.peak_bytes // held.largest_bytes
        saving = held.peak_bytes - held.largest_bytes
        if count >= _LEAST_COPIES:
            scope = source.scope_of(call)
            yield Finding(
                CODE, TITLE, file, call.lineno, scope.name if isinstance(scope, FUNCTIONS) else "<module>", "",
                (f"some {count} copies of {units.size(held.largest_bytes)} were held at the peak, for steps back",),
                saving, "computed from the recording", 0.6,
                "keep what a step changes, and where: a region with its old values",
                freed=Freed(lines={(file, call.lineno): saving}),
            )  # fmt: skip


def _taken_from(source: ProgramSource) -> set[str]:
    """Names of what the program takes the last of: `self.steps.pop()`."""
    return {
        last_name(each.func.value)
        for each in source.of(ast.Call)
        if isinstance(each.func, ast.Attribute) and each.func.attr == "pop" and not each.args
    } - {""}


def _is_copy(call: ast.Call) -> bool:
    """Whether a call copies the whole of something that has a name: not of a part, as `x[a:b].copy()`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _COPIES and not call.args:
        return isinstance(call.func.value, (ast.Name, ast.Attribute))
    is_plain = len(call.args) == 1 and isinstance(call.args[0], (ast.Name, ast.Attribute))
    return is_plain and last_name(call.func) in _OF_ARGUMENT


def _put_into(source: ProgramSource, call: ast.Call) -> str:
    """The last name of the container that a value is put into, in whatever it is packed; by a helper that takes it as
    well. Empty where that is not known."""
    node: ast.AST = call
    while (above := source.above(node)) is not None:
        if isinstance(above, ast.Call) and node is not above.func:
            if isinstance(above.func, ast.Attribute) and above.func.attr in _PUTS:
                return last_name(above.func.value)
            if name := _helped(source, above):
                return name
        elif not isinstance(above, (ast.Tuple, ast.List, ast.Dict, ast.keyword, ast.Starred)):
            return ""
        node = above
    return ""


def _helped(source: ProgramSource, call: ast.Call) -> str:
    """Where a function of the program puts one of its arguments."""
    for function in source.functions:
        if function.name != last_name(call.func):
            continue
        names = {each.arg for each in function.args.args}
        for each in ast.walk(function):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
                given = {last_name(arg) for arg in each.args if isinstance(arg, ast.Name)}
                if each.func.attr in _PUTS and given & names:
                    return last_name(each.func.value)
    return ""
