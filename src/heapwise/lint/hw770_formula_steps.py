"""HW770: a formula makes each of its steps as large as its data.

`np.sin((a - x) / 2) ** 2 + np.cos(a) * np.cos(x) * np.sin((b - y) / 2) ** 2` is worked out operation by operation: each
gives an array of its own, as long as the data, and several of them are there at once, for one that stays.

What to do: work in blocks of some ten thousand rows into an array that was made before; or let
`numexpr.evaluate("sin((a - x) / 2) ** 2 + ...")` do so; or work in place, `np.sin(step, out=step)`, `step **= 2`.
Costs: a loop over the blocks, or a formula in quotes. The saving is all such arrays but one. Said only where a
recording tells how much that is. Clean: formulas of few steps; those in loops, or that are worked out several times,
whose results may be kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source

CODE = "HW770"
TITLE = "each step of a formula is made whole"
SIZED = True
NEEDS = ("numpy", "pandas")
_LEAST_STEPS = 4
_MODULES = ("numpy.", "scipy.special.")
_NO_STEPS = frozenset(
    f"numpy.{name}" for name in ("array", "asarray", "zeros", "ones", "full", "arange", "linspace")
)
_METHODS = frozenset((
    "clip", "abs", "round", "astype", "fillna", "pow", "add", "sub", "mul", "div", "where", "conj", "conjugate",
))  # fmt: skip
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.Mod, ast.FloorDiv)


def look(source: Source) -> Iterator[Hit]:
    """Whole formulas, of four operations or more."""
    for node in (*source.of(ast.BinOp), *source.of(ast.Call)):
        if not _is_step(source, node) or _is_step(source, _works_on(source, node)):
            continue
        steps = _steps(source, node)
        if steps >= _LEAST_STEPS and source.loop(node) is None and not _is_of_texts(node):
            yield hit(
                source, node, CODE, TITLE, f"{steps} operations, each of which makes an array of its own",
                saves=Saves.STEPS, steps=steps,
                fix="in blocks of rows into an array made before, or numexpr.evaluate(...), or in place with out=",
            )  # fmt: skip


def _works_on(source: Source, node: ast.AST) -> ast.AST | None:
    """What takes a value: the operation or call around it, `x.clip(0, 1)` of x as well."""
    above = source.parent(node)
    call = source.parent(above) if isinstance(above, ast.Attribute) else None
    return call if isinstance(call, ast.Call) and call.func is above else above


def _is_of_texts(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.JoinedStr)
        or (isinstance(each, ast.Constant) and isinstance(each.value, (str, bytes)))
        for each in ast.walk(node)
    )


def _is_step(source: Source, node: ast.AST | None) -> bool:
    """Whether a node works on all that it is given, element by element."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, _OPERATORS)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.USub, ast.Invert))
    if not isinstance(node, ast.Call) or any(each.arg == "out" for each in node.keywords):
        return False
    name = source.dotted(node.func)
    method = isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS
    return method or (name.startswith(_MODULES) and name not in _NO_STEPS and name.count(".") <= 2)


def _steps(source: Source, node: ast.AST) -> int:
    """How many operations a formula has that work on something else than constants."""
    if isinstance(node, ast.BinOp) and _is_step(source, node):
        return _of_parts(source, node, (node.left, node.right))
    if isinstance(node, ast.UnaryOp) and _is_step(source, node):
        return _of_parts(source, node, (node.operand,))
    if isinstance(node, ast.Call) and _is_step(source, node):
        of_module = source.dotted(node.func).startswith(_MODULES)
        own = [node.func.value] if isinstance(node.func, ast.Attribute) and not of_module else []
        return _of_parts(source, node, (*own, *node.args))
    return 0


def _of_parts(source: Source, node: ast.AST, parts: tuple[ast.expr, ...]) -> int:
    names = any(isinstance(each, ast.Name) for part in parts for each in ast.walk(part))
    return (1 if names else 0) + sum(_steps(source, part) for part in parts)
