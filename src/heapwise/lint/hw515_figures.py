"""HW515: figures are made in a loop and not closed.

`pyplot` keeps every figure until it is closed: 2 MiB each and more.

What to do: `plt.close(figure)`, or `matplotlib.figure.Figure()`, which nobody keeps. Costs: nothing. Clean: loops that
close.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source

CODE = "HW515"
TITLE = "figures are not closed"
NEEDS = ("pyplot",)
_MAKERS = {
    "matplotlib.pyplot.figure",
    "matplotlib.pyplot.subplots",
    "matplotlib.pyplot.subplot_mosaic",
}
_CLOSERS = {"matplotlib.pyplot.close", "matplotlib.pyplot.clf", "matplotlib.pyplot.show"}


def look(source: Source) -> Iterator[Hit]:
    """`plt.figure()` and `plt.subplots()` repeated, with no `close` near."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) not in _MAKERS or (
            call.args[:1] and isinstance(call.args[0], ast.Constant)
        ):
            continue
        function = source.function(call)
        repeated = source.loop(call) is not None or (
            function is not None
            and any(source.loop(each) is not None for each in source.loads.get(function.name, ()))
        )
        if not repeated:
            continue
        around = function or source.tree
        closed = any(
            source.called(n) in _CLOSERS or (isinstance(n, (ast.Return, ast.Yield)) and n.value is not None)
            for n in ast.walk(around)
        )  # fmt: skip
        if not closed:
            yield hit(
                source, call, CODE, TITLE, "pyplot keeps each figure until it is closed",
                saves=Saves.ALL_BUT_ONE, fix="plt.close(figure) at the end of the turn",
            )  # fmt: skip
