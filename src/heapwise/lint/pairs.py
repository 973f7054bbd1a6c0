"""Arrays of all pairs, `a[:, None] - b[None, :]`, that are made to be reduced."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, keyword

_EACH = {
    "abs", "numpy.abs", "numpy.absolute", "numpy.square", "numpy.sqrt", "numpy.exp", "numpy.power", "numpy.log",
}  # fmt: skip
_REDUCE = {"sum", "mean", "min", "max", "argmin", "argmax", "any", "all", "prod"}
_OUTER = {
    f"numpy.{name}.outer" for name in ("subtract", "add", "multiply", "hypot", "minimum", "maximum")
}
_NORM = "numpy.linalg.norm"
_NAMES = 3
"""How many names a difference may go by before it is reduced."""


def reduced_pairs(source: Source) -> Iterator[tuple[ast.expr, tuple[int, ...], bool]]:
    """(difference of all pairs, the lines from there to where it is reduced, whether what it comes to is reduced
    again, so that it need not be made either)."""
    differences = [each for each in source.of(ast.BinOp) if isinstance(each.op, ast.Sub)]
    outer = [each for each in source.of(ast.Call) if source.dotted(each.func) in _OUTER]
    for node in (*differences, *outer):
        if not isinstance(node, ast.BinOp) or _is_of_pairs(source, node):
            lines, end = _to_the_end(source, node, _NAMES)
            if end is not None:
                again, _ = _to_the_end(source, end, 0)
                again |= _where_reduced(source, end)
                yield node, tuple(sorted(lines | again)), bool(again)


def _is_of_pairs(source: Source, node: ast.BinOp) -> bool:
    left, right = _new_axes(source, node.left), _new_axes(source, node.right)
    if left and right:
        return left != right
    one = left or right
    return "".join(one) == ":N:"  # of rows; the other has two axes


def _new_axes(source: Source, node: ast.expr) -> list[str]:
    """`x[:, None, :]` -> [":", "N", ":"]; nothing where no axis is added to what a name stands for."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, (ast.Name, ast.Attribute)):
        return []
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    kinds = [_axis(source, each) for each in parts]
    return kinds if "N" in kinds and "" not in kinds else []


def _axis(source: Source, part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return "N" if part.value is None else ":" if part.value is ... else ""
    if isinstance(part, ast.Slice):
        return "" if part.lower or part.upper or part.step else ":"
    return "N" if source.dotted(part) == "numpy.newaxis" else ""


def _to_the_end(source: Source, node: ast.expr, names: int) -> tuple[set[int], ast.Call | None]:
    """(the lines from an expression to the call that reduces it, that call); nothing where it is not reduced, or kept
    as well. names: how many it may go by."""
    lines: set[int] = set()
    while True:
        lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        above = source.parent(node)
        if isinstance(above, ast.Assign) and len(above.targets) == 1 and names:
            target = above.targets[0]
            use = only_use(source, above, target.id) if isinstance(target, ast.Name) else None
            if use is None or source.loop(use) is not source.loop(above):
                return set(), None
            node, names = use, names - 1
            continue
        if isinstance(above, ast.Attribute):  # a method
            above = source.parent(above)
        if isinstance(above, ast.Call) and _reduces(source, above, node):
            return lines | {above.end_lineno or above.lineno}, above
        if not isinstance(above, ast.expr) or not _is_of_each(source, above, node):
            return set(), None
        node = above


def _where_reduced(source: Source, node: ast.expr) -> set[int]:
    """The lines of what is made of each value up to a name, and of the reads of that, where all of them reduce it, or
    take one value of each row: `d.argmin(axis=1)`, `d[np.arange(len(d)), nearest]`; nothing where one does more."""
    first = node.lineno
    above = source.parent(node)
    while isinstance(above, ast.expr) and _is_of_each(source, above, node):
        node, above = above, source.parent(above)
    target = above.targets[0] if isinstance(above, ast.Assign) and len(above.targets) == 1 else None
    scope = source.function(node)
    if above is None or not isinstance(target, ast.Name) or scope is None:
        return set()
    named = [
        n
        for n in ast.walk(scope)
        if isinstance(n, ast.Name) and n.id == target.id and n is not target
    ]
    if not named or not all(_is_taken_from(source, each) for each in named):
        return set()
    return set(range(first, (node.end_lineno or node.lineno) + 1)) | {each.lineno for each in named}


def _is_taken_from(source: Source, read: ast.Name) -> bool:
    """Whether a read of an array of pairs reduces it by rows, or takes one of each."""
    above = source.parent(read)
    if isinstance(above, ast.Subscript) and above.value is read and isinstance(above.ctx, ast.Load):
        parts = above.slice.elts if isinstance(above.slice, ast.Tuple) else []
        return len(parts) == 2 and source.called(parts[0]) == "numpy.arange"
    call = source.parent(above) if isinstance(above, ast.Attribute) else above
    return (
        isinstance(call, ast.Call)
        and keyword(call, "axis") is not None
        and _reduces(source, call, read)
    )


def _reduces(source: Source, call: ast.Call, node: ast.expr) -> bool:
    name = source.dotted(call.func)
    if call.args[:1] == [node]:
        return (name == _NORM and keyword(call, "axis") is not None) or (
            name.startswith("numpy.") and name.removeprefix("numpy.") in _REDUCE
        )
    method = call.func
    return isinstance(method, ast.Attribute) and method.value is node and method.attr in _REDUCE


def _is_of_each(source: Source, above: ast.expr, node: ast.expr) -> bool:
    """Whether an expression computes one value of each: a power, a product with what has no more axes."""
    if isinstance(above, ast.BinOp):
        other = above.right if above.left is node else above.left
        plain = isinstance(other, (ast.Constant, ast.Name, ast.Attribute))
        return plain and isinstance(above.op, (ast.Pow, ast.Mult, ast.Div))
    if isinstance(above, ast.Call):
        return above.args[:1] == [node] and source.dotted(above.func) in _EACH
    return isinstance(above, ast.UnaryOp)
