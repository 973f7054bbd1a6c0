"""HW747: a coroutine is started for every item at once.

`asyncio.gather(*(fetch(url) for url in urls))` makes a task for each, and all of them run until they wait for the first
time, and for the next: what each holds meanwhile, a body or a row, is there as many times as there are items.

Those that wait for a semaphore are there as well, with their arguments: 2 KiB for a task alone.

What to do: some workers that take their items from one iterator; batches of some tens; where what is held is made
within the coroutine, a semaphore around that (`async with limit:`). Costs: a number of workers to choose. Said only
where a recording tells how much is held. Clean: a few items, written out or a batch of all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source

CODE = "HW747"
TITLE = "all coroutines started at once"
SIZED = True
NEEDS = ("gather(", "as_completed(", "create_task(", "asyncio.wait(")
_STARTS = ("gather", "as_completed", "wait", "wait_for_all")
_TASKS = ("create_task", "ensure_future")
_FEW = 64
_PARTS = ("batch", "chunk", "group", "page")
_LIMITS = ("semaphore", "limit", "throttle", "slots", "sem")


def look(source: Source) -> Iterator[Hit]:
    """A comprehension of calls of one coroutine of the module, all of which are awaited together."""
    coroutines = {each.name: each for each in source.of(ast.AsyncFunctionDef)}
    comprehensions: list[ast.GeneratorExp | ast.ListComp] = [
        *source.of(ast.GeneratorExp), *source.of(ast.ListComp),
    ]  # fmt: skip
    for made in comprehensions:
        call = made.elt
        if isinstance(call, ast.Call) and last_name(call.func) in _TASKS and call.args:
            call = call.args[0]
        function = coroutines.get(last_name(call.func)) if isinstance(call, ast.Call) else None
        if function is None or not _is_started(source, made):
            continue
        if _are_few(made.generators[0].iter):
            continue
        told = f"every {function.name}() of them runs, and holds what it works on, at once"
        fix = "async with a Semaphore(10) within it, or batches of some tens"
        bodies: tuple[tuple[int, int], ...] = (
            (function.lineno, function.end_lineno or function.lineno),
        )
        if _is_limited(function):
            told = f"every {function.name}() is there at once with what it is given, and waits"
            fix, bodies = "some workers that take their items from one iterator", ()
        yield hit(source, made, CODE, TITLE, told, saves=Saves.RECEIVED, bodies=bodies, fix=fix)


def _is_started(source: Source, made: ast.expr) -> bool:
    """Whether what a comprehension gives is awaited as a whole: given to gather, or bound to a name that is."""
    above = source.parent(made)
    if isinstance(above, ast.Starred):
        above = source.parent(above)
    if isinstance(above, ast.Call):
        return last_name(above.func) in _STARTS
    if not isinstance(above, ast.Assign) or not isinstance(above.targets[0], ast.Name):
        return False
    name, scope = above.targets[0].id, source.function(made) or source.tree
    return any(
        isinstance(each, ast.Call) and last_name(each.func) in _STARTS
        and any(isinstance(n, ast.Name) and n.id == name for arg in each.args for n in ast.walk(arg))
        for each in ast.walk(scope)
    )  # fmt: skip


def _are_few(items: ast.expr) -> bool:
    """Whether the items are written out, counted, or a part: `range(10)`, `urls[i:i + 10]`, `batch`."""
    if isinstance(items, ast.Call) and last_name(items.func) == "range":
        ends = items.args[-1:] if len(items.args) < 3 else items.args[1:2]
        counts = [each.value for each in ends if isinstance(each, ast.Constant)]
        return any(isinstance(each, int) and each <= _FEW for each in counts)
    if isinstance(items, ast.Subscript):
        return isinstance(items.slice, ast.Slice)
    named = last_name(items).lower()
    return isinstance(items, (ast.Tuple, ast.List, ast.Constant)) or any(
        word in named for word in _PARTS
    )


def _is_limited(function: ast.AsyncFunctionDef) -> bool:
    """Whether a coroutine waits for its turn: `async with limit:`."""
    return any(
        isinstance(each, ast.AsyncWith)
        and any(
            word in ast.unparse(item.context_expr).lower()
            for item in each.items for word in _LIMITS
        )
        for each in ast.walk(function)
    )  # fmt: skip
