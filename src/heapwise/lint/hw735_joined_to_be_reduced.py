"""HW735: parts are collected and joined, only to be reduced.

`np.concatenate(outputs)` of what a loop appended holds every part twice, where then a mean, a count, a greatest or a
histogram is asked for.

What to do: reduce each part as it comes: add up sums and counts, `bincount(..., minlength=...)`, the greatest so far;
`digest.update(part)`. A mean is the sum of sums by the sum of counts. Costs: the parts cannot be looked at later. Said
only where a recording tells how much the parts are. Clean: joined wholes that are kept, sorted, handed on, or that a
median, a quantile or a second pass needs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.appended import appended
from heapwise.lint.flow import makes_list
from heapwise.lint.reductions import is_only_reduced
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, keyword

CODE = "HW735"
TITLE = "parts joined to be reduced"
SIZED = True
NEEDS = ("concat", "stack(", "cat(", "join(")
_JOINS = {
    "numpy.concatenate", "numpy.vstack", "numpy.hstack", "numpy.stack", "numpy.row_stack", "torch.cat", "torch.concat",
    "torch.concatenate", "torch.vstack", "torch.stack", "pandas.concat", "polars.concat", "scipy.sparse.vstack",
    "tensorflow.concat", "jax.numpy.concatenate",
}  # fmt: skip


class _Parts(NamedTuple):
    """use: the list of parts, where it is joined. bodies: (first, last) lines that make them. also: lines whose own
    bytes are parts, too."""

    use: ast.expr
    bodies: tuple[tuple[int, int], ...]
    also: tuple[int, ...] = ()


def look(source: Source) -> Iterator[Hit]:
    """Lists of parts that are joined once, where what they are joined to is only reduced."""
    for parts in _parts(source):
        call = source.parent(parts.use)
        if not isinstance(call, ast.Call) or not _joins(source, call, parts.use):
            continue
        if is_only_reduced(source, call):
            also = {*range(call.lineno, (call.end_lineno or call.lineno) + 1), *parts.also}
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} holds every part twice, and is only reduced",
                saves=Saves.RELEASED, fix="reduce each part as it is made, and add up what they come to",
                bodies=parts.bodies, also=tuple(sorted(also)),
            )  # fmt: skip


def _joins(source: Source, call: ast.Call, parts: ast.expr) -> bool:
    """Whether a call joins parts one below the other."""
    if call.args[:1] != [parts]:
        return False
    if isinstance(call.func, ast.Attribute) and call.func.attr == "join":
        between = call.func.value
        return isinstance(between, ast.Constant) and between.value in (b"", "")
    if source.dotted(call.func) not in _JOINS or keyword(call, "out") is not None:
        return False
    axis = (
        keyword(call, "axis")
        or keyword(call, "dim")
        or (call.args[1] if len(call.args) > 1 else None)
    )
    return axis is None or (isinstance(axis, ast.Constant) and axis.value == 0)


def _parts(source: Source) -> Iterator[_Parts]:
    """Lists that a loop appends to, and comprehensions, with the one place that reads them."""
    for found in appended(source):
        bodies = [(call.lineno, call.end_lineno or call.lineno) for call in found.calls]
        items = {each.args[0].id for each in found.calls if isinstance(each.args[0], ast.Name)}
        streams = _streams(source, found.loop, items)
        yield _Parts(found.use, tuple(sorted({*bodies, *found.makers, *streams})), found.heads)
    for node in source.of(ast.Assign):
        target = node.targets[0]
        if (
            len(node.targets) == 1
            and isinstance(target, ast.Name)
            and makes_list(source, node.value)
        ):
            use = only_use(source, node, target.id)
            if use is not None:
                yield _Parts(use, ((node.lineno, node.end_lineno or node.lineno),))
    for made in source.of(ast.ListComp):
        if makes_list(source, made) and isinstance(source.parent(made), ast.Call):
            yield _Parts(made, ((made.lineno, made.end_lineno or made.lineno),))


def _streams(source: Source, loop: ast.stmt, items: set[str]) -> Iterator[tuple[int, int]]:
    """The lines of loops that make what is appended as it is: all but those over what a function gives whole."""
    for node in ast.walk(loop):
        if not isinstance(node, (ast.For, ast.AsyncFor)) or not isinstance(node.iter, ast.Call):
            continue
        named = {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
        called = node.iter.func.id if isinstance(node.iter.func, ast.Name) else ""
        own = source.functions_named.get(called, ())
        if named & items and all(source.is_generator(each) for each in own):
            yield node.iter.lineno, node.iter.end_lineno or node.iter.lineno
