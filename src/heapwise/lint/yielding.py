"""Functions that fill a list and give it back, as generators: where nobody sees the difference, and how."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from heapwise.lint.effects import is_pure
from heapwise.lint.rule import Edit, edit
from heapwise.lint.source import FunctionNode, Source
from heapwise.lint.waiting import may_wait

_LISTS = ("list", "List", "typing.List", "Sequence", "Collection")


def yields(
    source: Source, function: FunctionNode, name: str, uses: Sequence[ast.expr]
) -> tuple[Edit, ...]:
    """The changes that make `found = []`, a loop that appends to it, `return found` a generator; none where more is
    done than that, or where somebody may see that its items are made later."""
    made = _as_comprehension(source, function, name)
    calls = [source.parent(each) for each in uses]
    if made is None or source.parent(function) is not source.tree:
        return ()
    if not all(isinstance(each, ast.Call) and may_wait(source, made, each) for each in calls):
        return ()
    imports = ("collections.abc:Iterator",) if function.returns is not None else ()

    def change(node: Any) -> Any:
        return returns_iterator(_with_yields(node, name))

    return (edit(source, function, change, *imports, kind="FunctionDef"),)


def _as_comprehension(source: Source, function: FunctionNode, name: str) -> ast.ListComp | None:
    """What its loop does for each item, where that is all that a function does: the item that is appended; the loops,
    the conditions, and the values that are bound on the way, as they may fail as well. None where it does more."""
    body = list(function.body)
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        del body[0]
    *before, loop, _ = body
    lines = [each.lineno for each in function.body]
    if (
        len(set(lines)) != len(lines)
        or lines[0] == function.lineno
        or not isinstance(loop, ast.For)
    ):
        return None
    if not all(isinstance(each, ast.Assign) and _is_binding(source, each) for each in before):
        return None
    generators: list[ast.comprehension] = []
    at: ast.stmt = loop
    while not isinstance(at, ast.Expr):
        if isinstance(at, ast.For) and not at.orelse and _names_only(at.target):
            generators.append(ast.comprehension(at.target, at.iter, [], 0))
        elif isinstance(at, ast.If) and not at.orelse:
            generators[-1].ifs.append(at.test)
        else:
            return None
        *first, at = at.body
        for each in first:
            if not isinstance(each, ast.Assign) or not _is_binding(source, each):
                return None
            generators[-1].ifs.append(each.value)
    call = at.value
    text = "".join(source.lines[at.lineno - 1 : at.end_lineno])
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords or "#" in text:
        return None
    if isinstance(call.args[0], ast.Starred) or not is_pure(source, loop.iter):
        return None
    return ast.ListComp(call.args[0], generators)


def _is_binding(source: Source, node: ast.Assign) -> bool:
    """Whether it binds local names alone, to what has no effect."""
    return is_pure(source, node.value) and all(_names_only(each) for each in node.targets)


def _names_only(target: ast.expr) -> bool:
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(_names_only(each) for each in target.elts)
    return isinstance(target, ast.Name)


def _with_yields(node: Any, name: str) -> Any:
    """A function of LibCST's that yields what it appended."""
    import libcst as cst

    def is_named(value: Any) -> bool:
        return isinstance(value, cst.Name) and value.value == name

    class Yields(cst.CSTTransformer):
        def leave_Expr(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802
            call = updated_node.value
            if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute):
                return updated_node
            if not is_named(call.func.value):
                return updated_node
            value = call.args[0].value
            if not getattr(value, "lpar", ()) and "\n" in cst.Module([]).code_for_node(value):
                value = value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
            return updated_node.with_changes(value=cst.Yield(value))

        def leave_SimpleStatementLine(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802
            [statement] = updated_node.body[:1]
            begins = isinstance(statement, cst.Assign) and is_named(statement.targets[0].target)
            ends = isinstance(statement, cst.Return) and is_named(statement.value)
            return cst.RemoveFromParent() if begins or ends else updated_node

    return node.visit(Yields())


def returns_iterator(node: Any) -> Any:
    """A function of LibCST's whose annotation says that it gives a list, as one that gives an iterator."""
    import libcst as cst

    kind = node.returns.annotation if node.returns is not None else None
    if (
        not isinstance(kind, cst.Subscript)
        or cst.Module([]).code_for_node(kind.value) not in _LISTS
    ):
        return node if kind is None else node.with_changes(returns=None)
    name = cst.Name("Iterator")
    return node.with_changes(
        returns=node.returns.with_changes(annotation=kind.with_changes(value=name))
    )
