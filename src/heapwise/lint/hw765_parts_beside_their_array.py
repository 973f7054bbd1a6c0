"""HW765: arrays are listed, and then copied into one.

`frames.append(frame)` in a loop and `np.stack(frames)` after it hold every array twice while the whole is made, and for
as long as the list has a name.

What to do: make the whole before the loop, `movie = np.empty((len(paths), *shape), dtype)`, and fill it:
`movie[n] = frame`. Costs: the shape must be known, which the first array tells. Said only where a recording tells how
much the list is. Clean: lists of which the loop does not tell the length, parts that are joined end to end.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.appended import Appended, appended
from heapwise.lint.flow import makes_list
from heapwise.lint.reductions import is_only_reduced
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW765"
TITLE = "arrays are listed, and then copied into one"
SIZED = True
NEEDS = ("stack(",)
_JOINS = {"numpy.stack", "numpy.vstack", "numpy.dstack", "torch.stack", "torch.vstack"}


def look(source: Source) -> Iterator[Hit]:
    """Lists of a known length that are stacked."""
    for found in appended(source):
        call = source.parent(found.use)
        if (
            isinstance(call, ast.Call)
            and _stacks(source, call)
            and _is_of_known_length(source, found)
        ):
            yield hit(
                source, found.calls[0], CODE, TITLE, _told(call), saves=Saves.ALL_BUT_ONE, fix=_fix(source, call),
                bodies=found.makers, also=found.heads,
            )  # fmt: skip
    for parts in source.of(ast.ListComp):
        call, is_whole = source.parent(parts), not any(each.ifs for each in parts.generators)
        if (
            isinstance(call, ast.Call)
            and is_whole
            and makes_list(source, parts)
            and _stacks(source, call)
        ):
            yield hit(
                source, call, CODE, TITLE, _told(call), saves=Saves.HALF, fix=_fix(source, call)
            )


def _stacks(source: Source, call: ast.Call) -> bool:
    """Whether a call makes one array of those in a list, which is kept."""
    plain = source.dotted(call.func) in _JOINS and not call.keywords and len(call.args) == 1
    return plain and not is_only_reduced(source, call)


def _is_of_known_length(source: Source, found: Appended) -> bool:
    """Whether each round of a loop over something appends once."""
    loop = found.loop
    if (
        not isinstance(loop, ast.For)
        or len(found.calls) != 1
        or isinstance(loop.iter, ast.GeneratorExp)
    ):
        return False
    leaves = any(isinstance(each, (ast.Continue, ast.Break)) for each in ast.walk(loop))
    return not leaves and source.statement(found.calls[0]) in loop.body


def _told(call: ast.Call) -> str:
    return f"{shown(call)} copies arrays that are all there"


def _fix(source: Source, call: ast.Call) -> str:
    module = source.dotted(call.func).partition(".")[0]
    made = "np.empty" if module == "numpy" else "torch.empty"
    return f"whole = {made}((n, *shape), dtype=...) before the loop, and whole[i] = part in it"
