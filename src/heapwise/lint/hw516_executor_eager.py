"""HW516: an executor takes in a whole stream before its workers are through with the first items.

`Executor.map` reads its input to the end at once: a future and the arguments for every item wait in memory.

What to do: `map(..., buffersize=...)` from Python 3.14 on; before, submit some, and a new one as each is done; or
chunks (`itertools.batched`). Costs: a loop that submits. Clean: short lists; a `buffersize`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW516"
TITLE = "an executor takes in the whole stream"
NEEDS = ("Executor",)
_EXECUTORS = {
    "concurrent.futures.ThreadPoolExecutor", "concurrent.futures.ProcessPoolExecutor",
    "concurrent.futures.thread.ThreadPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor",
}  # fmt: skip
_STREAMS = {
    "open",
    "csv.reader",
    "csv.DictReader",
    "os.scandir",
    "itertools.count",
    "itertools.chain",
}


def look(source: Source) -> Iterator[Hit]:
    """`executor.map(f, generator)`, and `[executor.submit(f, x) for x in generator]`."""
    known = executors(source)
    makers = {f.name: _yields(f) for f in source.functions if _yields(f)}
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or ast.unparse(call.func.value) not in known:
            continue
        given: list[ast.expr] = []
        if call.func.attr == "map" and keyword(call, "buffersize") is None:
            given = call.args[1:]
        elif call.func.attr == "submit":
            loop = source.loop(call)
            if isinstance(loop, (ast.ListComp, ast.SetComp, ast.DictComp)):
                given = [loop.generators[0].iter]
        for each in given:
            name = source.called(each)
            if isinstance(each, ast.GeneratorExp) or name in makers or name in _STREAMS:
                yield hit(
                    source, call, CODE, TITLE, f"all of {shown(each)} waits in memory",
                    saves=Saves.ALL_BUT_ONE, also=makers.get(name, ()),
                    fix="submit a window of them, or map(..., buffersize=...) from 3.14 on",
                )  # fmt: skip
                break


def executors(source: Source) -> set[str]:
    """The names that a file gives to executors."""
    found = set()
    for item in source.of(ast.withitem):
        if source.called(item.context_expr) in _EXECUTORS and item.optional_vars is not None:
            found.add(ast.unparse(item.optional_vars))
    for node in source.of(ast.Assign):
        if source.called(node.value) in _EXECUTORS:
            found |= {ast.unparse(target) for target in node.targets}
    return found


def _yields(function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[int, ...]:
    """The lines on which a function gives its items."""
    return tuple(n.lineno for n in ast.walk(function) if isinstance(n, (ast.Yield, ast.YieldFrom)))
