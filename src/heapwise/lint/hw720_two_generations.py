"""HW720: the old is kept while the new is made.

`for path in paths: rows = load(path)`: while the next rows are loaded, the last ones still have their name, and so at
the peak both are in memory.

What to do: `del rows` (or `rows = None`) before the next are made, or a function for what is done with one of them.
Costs: after an error the old is gone. Said only where a snapshot of the peak shows that the old was alive then, and
nobody else kept it. Clean: loops that let go first; what is kept elsewhere too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FUNCTIONS, LOOPS, Source, names_in

CODE = "HW720"
TITLE = "the old lives while the new is made"
SIZED = True


def look(source: Source) -> Iterator[Hit]:
    """`name = make(...)` in a loop, where nothing of the loop needs the old one any more, and nothing lets it go."""
    for node in source.of(ast.Assign):
        target, loop, function = node.targets[0], source.loop(node), source.function(node)
        if function is None or not isinstance(loop, LOOPS) or not isinstance(target, ast.Name):
            continue
        body = getattr(loop, "body", [])
        called = _called(source, node.value)
        if node not in body or len(node.targets) != 1 or not called:
            continue
        name = target.id
        if name in names_in(node.value):
            continue
        before = [n for each in body[: body.index(node)] for n in ast.walk(each)]
        bound = [
            n for each in body for n in ast.walk(each)
            if isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load)
        ]  # fmt: skip
        if len(bound) != 1 or any(isinstance(n, ast.Name) and n.id == name for n in before):
            continue
        yield hit(
            source, node, CODE, TITLE, f"the last {name} is in memory while {called}() makes the next",
            saves=Saves.LOCAL, holder=name, user=called,
            fix=f"del {name}, before the next is made; or a function for what is done with one",
        )  # fmt: skip


def _called(source: Source, value: ast.expr) -> str:
    """The function of the module that makes a value, or the name of any other callable."""
    if not isinstance(value, ast.Call):
        return ""
    name = (
        value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
    )
    own = [each for each in source.functions if each.name == name]
    if not own and isinstance(value.func, ast.Attribute) and source.is_of_import(value.func):
        return name  # written in Python, it has a frame of its own, which tells that it is at work
    return name if len(own) == 1 and isinstance(own[0], FUNCTIONS) else ""
