"""HW723: a global that is used at the start alone.

`ROWS = load(path)` at the top of a module stays until the program ends, though one function reads it, once, before the
work that needs the memory.

What to do: make it a local of that function, which goes when it returns. Costs: nothing. Said only where a recording
tells how much it holds. Clean: globals that several functions read, or one that is called again; what is kept
elsewhere, too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.growing import named
from heapwise.lint.hw712_outlives_its_use import bound, is_aliased, steps, works_on
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FUNCTIONS, FunctionNode, Source

CODE = "HW723"
TITLE = "a global used at the start alone"
SIZED = True


def look(source: Source) -> Iterator[Hit]:
    """Names that the module's body binds by a call, whose one reader has done with them before the rest of the work."""
    for node, _ in steps(source.tree.body):
        name = bound(source, node)
        reader = _reader(source, name) if name else None
        found = _last_use(source, reader, name) if reader is not None else None
        if reader is None or found is None or is_aliased(source, reader, name):
            continue
        user, line = found
        after = "" if user is not reader else f", and del it after line {line}"
        yield hit(
            source, node, CODE, TITLE, f"{reader.name}() alone reads {name}, up to line {line} of {user.name}()",
            saves=Saves.OVERLAP, after_line=line, user=user.name, holder=name,
            fix=f"make {name} a local of {reader.name}(){after}",
        )  # fmt: skip


def _reader(source: Source, name: str) -> FunctionNode | None:
    """The one function that reads a global, which nothing else names."""
    places = named(source, name)
    reads = [each for each in places if isinstance(each.ctx, ast.Load)]  # type: ignore[attr-defined]
    readers = {source.scope(each) for each in reads}
    told = any(each.value == name for each in source.of(ast.Constant))
    if len(readers) != 1 or len(places) != len(reads) + 1 or told or "globals(" in source.text:
        return None
    [reader] = readers
    plain = isinstance(reader, FUNCTIONS) and source.parent(reader) is source.tree
    if not plain or any(source.statement(each) is reader for each in reads):
        return None
    yields = any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(reader))
    return None if yields or reader.decorator_list else reader  # type: ignore[attr-defined, return-value]


def _last_use(source: Source, reader: FunctionNode, name: str) -> tuple[FunctionNode, int] | None:
    """(the function that the program begins with, its line after which a global is not needed); None where it is
    needed to the end."""
    if _is_first(source, reader):
        return _line_after(reader, [n for n in source.loads[name] if source.function(n) is reader])
    calls = source.loads.get(reader.name, [])
    if len(calls) != 1 or source.loop(calls[0]) is not None:
        return None
    call, caller = source.parent(calls[0]), source.function(calls[0])
    if not isinstance(call, ast.Call) or call.func is not calls[0] or caller is None:
        return None
    plain = source.scope(call) is caller and _is_first(source, caller)
    return _line_after(caller, list(calls)) if plain else None


def _is_first(source: Source, function: FunctionNode) -> bool:
    """Whether it is called by the module's body, once, or is a `main` that nothing of the module calls."""
    calls = source.loads.get(function.name, [])
    if source.parent(function) is not source.tree or len(calls) > 1:
        return False
    if not calls:
        return function.name == "main"
    return source.scope(calls[0]) is source.tree and source.loop(calls[0]) is None


def _line_after(function: FunctionNode, uses: list[ast.Name]) -> tuple[FunctionNode, int] | None:
    own, last = list(steps(function.body)), -1
    for index, step in enumerate(own):
        if any(n is use for part in step.parts for n in ast.walk(part) for use in uses):
            last = index
    done = 0 <= last < len(own) - 1 and works_on(own[last + 1 :])
    return (function, own[last].end) if done else None
