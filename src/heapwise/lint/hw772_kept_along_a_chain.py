"""HW772: a local lives on while what was made of it is worked on.

`describe(window(smooth(volume)))`: once `smooth` has returned, nobody needs `volume`; but its name keeps it while
`window` and `describe` work, and so at the peak it is in memory besides what they have.

What to do: no name: `describe(window(smooth(load(path))))`; or in steps, with `del volume` after the first. Costs: what
else is asked of it must be asked before. Said only where a snapshot of the peak shows that it was alive then, and
nobody else kept it. Clean: what is used later, given another name, or kept by what it was given to; files in which
something may see when an object goes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.hw712_outlives_its_use import (
    bound,
    ends_loudly,
    has_views,
    is_aliased,
    last_use,
    steps,
)
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source

CODE = "HW772"
TITLE = "a local lives on while what was made of it is worked on"
SIZED = True


def look(source: Source) -> Iterator[Hit]:
    """Names bound by a call, whose last use is in a call within calls of functions of the module."""
    for function in source.functions if not ends_loudly(source) else ():
        if any(isinstance(n, (ast.Global, ast.Nonlocal, ast.Yield)) for n in ast.walk(function)):
            continue
        own = list(steps(function.body))
        for at, (node, _) in enumerate(own):
            name = bound(source, node)
            last = last_use(source, function, own, name, at) if name else None
            if (
                last is None
                or is_aliased(source, function, name)
                or has_views(source, function, node, name)
            ):
                continue
            uses = [
                n for part in own[last].parts for n in ast.walk(part)
                if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
            ]  # fmt: skip
            if len(uses) != 1 or source.loop(uses[0]) is not source.loop(node):
                continue
            first, *around = list(_calls_around(source, uses[0])) or [""]
            for called in around:
                if len(source.functions_named.get(called, ())) == 1:
                    yield hit(
                        source, node, CODE, TITLE, f"{name} is in memory while {called}() works on what {first}() made",
                        saves=Saves.LOCAL, holder=name, user=called,
                        fix=f"{first}(...) of the call itself, without a name; or a step of its own, and del {name}",
                    )  # fmt: skip


def _calls_around(source: Source, use: ast.Name) -> Iterator[str]:
    """The names of the calls that an argument is within, inside out: each the argument of the next."""
    node: ast.AST = use
    above = source.parent(node)
    while isinstance(above, (ast.Call, ast.keyword)):
        if isinstance(above, ast.Call):
            if node is above.func:
                return
            yield getattr(above.func, "attr", getattr(above.func, "id", ""))
        node, above = above, source.parent(above)
