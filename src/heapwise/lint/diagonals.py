"""Matrices of few different values that are made for a product with another: diagonals, and Toeplitz's."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.heavy import Heavy
from heapwise.lint.rule import Saves, shown
from heapwise.lint.source import Source
from heapwise.lint.uses import all_uses

DIAGONALS = {"numpy.diag", "numpy.diagflat"}
_PRODUCTS = {"numpy.matmul", "numpy.dot"}
_STILL_DIAGONAL = {
    "numpy.sqrt",
    "numpy.square",
    "numpy.abs",
    "numpy.linalg.inv",
    "scipy.linalg.sqrtm",
}


TOEPLITZ = {"scipy.linalg.toeplitz"}


def diagonal(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """`np.diag(weights) @ X`, there or by a name, and `np.sqrt(np.diag(weights)) @ X`; of what is no diagonal but a
    matrix, `np.diag` makes next to nothing, which a recording shows."""
    yield from _for_products(
        source, call, f"{shown(call)} is a matrix of zeros around a diagonal, for a product",
        "weights[:, None] * X for np.diag(weights) @ X; X * weights for X @ np.diag(weights)",
    )  # fmt: skip


def toeplitz(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """`toeplitz(column, row) @ x`, whose product the fast Fourier transform gives without the matrix."""
    yield from _for_products(
        source, call, f"{shown(call)} is a matrix of one column and one row, for a product",
        "scipy.linalg.matmul_toeplitz((column, row), x)",
    )  # fmt: skip


def _for_products(source: Source, call: ast.Call, says: str, fix: str) -> Iterator[Heavy]:
    """A matrix of which products alone are made."""
    lines: set[int] = set()
    products = 0
    waiting: list[ast.expr] = [call]
    while waiting:
        uses = all_uses(source, waiting.pop())
        if not uses:
            return
        for use in uses:
            above = source.parent(use.place)
            if _is_product(source, above, use.place):
                products += 1
            elif (isinstance(above, ast.Attribute) and above.attr == "T") or (
                isinstance(above, ast.Call)
                and use.place in above.args
                and source.dotted(above.func) in _STILL_DIAGONAL
            ):
                waiting.append(above)
                lines |= set(range(above.lineno, (above.end_lineno or above.lineno) + 1))
            else:
                return
    lines -= set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
    if products:
        yield Heavy(call, says, fix, Saves.BLOCKS, tuple(sorted(lines)))


def _is_product(source: Source, node: ast.AST | None, place: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.MatMult)
    if isinstance(node, ast.Attribute):
        return node.attr == "dot" and isinstance(source.parent(node), ast.Call)
    if not isinstance(node, ast.Call) or place not in node.args:
        return False
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return source.dotted(node.func) in _PRODUCTS or method == "dot"
