"""HW607: a list is used as a queue.

`queue.pop(0)` and `queue.insert(0, x)` move every item that follows: work that grows with the square of what waits.

What to do: `collections.deque`, with `popleft` and `appendleft`. Costs: no item from the middle in one step. Where it
is not done in a loop, it is said only where a recording tells that it takes time. Clean: lists of a few; one call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source

CODE = "HW607"
TITLE = "a list used as a queue"
TIMED = True
NEEDS = ("pop(0)", "insert(0")


def look(source: Source) -> Iterator[Hit]:
    """`pop(0)` and `insert(0, x)` of what is bound to a list; those in a `while` loop are worth a word in any case."""
    lists = {
        ast.unparse(target)
        for _, targets, value in source.bindings
        if isinstance(value, (ast.List, ast.ListComp)) or source.called(value) == "list"
        for target in targets
    }  # fmt: skip
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in ("pop", "insert"):
            continue
        at_front = (
            bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
        )
        named = ast.unparse(call.func.value)
        if at_front and named in lists:
            yield hit(
                source, call, CODE, TITLE, f"each {call.func.attr} moves all that {named} holds",
                fix="collections.deque: popleft, appendleft", sized=not isinstance(source.loop(call), ast.While),
            )  # fmt: skip
