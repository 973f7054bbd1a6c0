"""HW750: workers send whole results, of which little is taken.

`sum(table.max() for table in pool.map(load, paths))` pickles every table in a worker, sends it, and makes it anew in
the parent, which takes one number of each and drops the rest.

What to do: take it in the worker: `pool.map(load_max, paths)`, with `def load_max(path): return load(path).max()`; what
is sent is a number. Costs: what is taken must be named in the worker. Said only where a recording tells how much the
results are. Clean: results that are kept, joined or handed on; results that are themselves numbers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.hw516_executor_eager import executors
from heapwise.lint.hw732_results_spread_out import workers as pools_of
from heapwise.lint.reductions import is_reduced
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import LOOPS, Source
from heapwise.lint.texts import made_by
from heapwise.lint.uses import all_uses, single_uses, uses_of_target

CODE = "HW750"
TITLE = "whole results sent for a part of them"
SIZED = True
NEEDS = ("Pool", "Executor")
_SENT = {"map", "starmap", "imap", "imap_unordered"}
_LISTS = {"list", "tuple", "sorted"}


def look(source: Source) -> Iterator[Hit]:
    """Results of a pool or executor of processes that are gone through, each only to be reduced."""
    known = pools_of(source) | executors(source)
    for call in source.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr not in _SENT:
            continue
        owner = ast.unparse(method.value)
        made = made_by(source, method.value)
        lines = {each.lineno for each in made}
        if owner not in known or any("Thread" in ast.unparse(each) for each in made):
            continue
        if _is_reduced_each(source, call):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} sends each result whole, and little of it is taken",
                saves=Saves.WHOLE, fix="a function for the workers that gives what is taken",
                also=tuple(sorted(lines - {call.lineno})),
            )  # fmt: skip


def _is_reduced_each(source: Source, call: ast.Call) -> bool:
    """Whether all that is done with the results is to go through them, and to take little of each."""
    uses = all_uses(source, call)
    if not uses:
        return False
    taken = 0
    for use in uses:
        place = use.place
        above = source.parent(place)
        if isinstance(above, ast.Call) and above.args[:1] == [place]:
            name = source.dotted(above.func)
            if name == "len":
                continue
            if name in _LISTS:
                if not _is_reduced_each(source, above):
                    return False
                taken += 1
                continue
            if name != "enumerate":
                return False
            found = single_uses(source, above)
            if found is None or len(found) != 1:
                return False
            place, above = found[0].place, source.parent(found[0].place)
            if not _is_item_reduced(source, place, above, counted=True):
                return False
        elif not _is_item_reduced(source, place, above, counted=False):
            return False
        taken += 1
    return taken > 0


def _is_item_reduced(
    source: Source, place: ast.expr, above: ast.AST | None, *, counted: bool
) -> bool:
    """Whether of each item of what is gone through there only a number is taken."""
    if (
        not isinstance(above, (*LOOPS, ast.comprehension))
        or getattr(above, "iter", None) is not place
    ):
        return False
    target = above.target  # type: ignore[union-attr]
    if counted:
        target = target.elts[-1] if isinstance(target, ast.Tuple) else target
    uses = uses_of_target(source, target)
    return bool(uses) and all(is_reduced(source, use.place) for use in uses or ())
