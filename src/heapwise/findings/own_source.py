"""What the source of a program says of names: which attributes it asks for, and what is there as a whole."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from heapwise.analyze.program_source import FUNCTIONS, Function, ProgramSource
from heapwise.analyze.statement import last_name
from heapwise.model.finding import Finding, Related

_WHOLE_CALLS = (
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "sorted",
    "range",
    "bytes",
    "bytearray",
)
_DISPLAYS = (
    ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.Constant, ast.JoinedStr,
)  # fmt: skip
_DEPTH = 3


def attributes_named(source: ProgramSource) -> frozenset[str]:
    """The names of all attributes that a program asks for: its methods' calls are among them."""
    return frozenset(each.attr for each in source.of(ast.Attribute))


def beside(source: ProgramSource, found: Finding, nodes: Iterable[ast.expr]) -> Finding:
    """A finding with those of some places that stand in the function that makes its objects: they keep them."""
    lines = {}
    for node in nodes:
        scope = source.scope_of(node)
        if not isinstance(scope, FUNCTIONS) or source.file_of(node) != found.file:
            continue
        if scope.lineno <= found.line <= (scope.end_lineno or 0):
            lines[node.lineno] = Related("keeps", found.file, node.lineno, found.function)
    return replace(found, related=tuple(lines.values()))


def is_whole(source: ProgramSource, node: ast.expr, depth: int = _DEPTH) -> bool:
    """Whether all items of an iterable are there, wherever it is bound, before the first is asked for."""
    if isinstance(node, _DISPLAYS):
        return True
    if not depth:
        return False
    if isinstance(node, ast.BinOp):
        return any(is_whole(source, each, depth - 1) for each in (node.left, node.right))
    if isinstance(node, ast.Call):
        if last_name(node.func) in _WHOLE_CALLS and isinstance(node.func, ast.Name):
            return True
        own = [each for each in source.functions if each.name == last_name(node.func)]
        return bool(own) and all(_gives_whole(source, each, depth - 1) for each in own)
    name = last_name(node)
    bound = [value for target, value in _bindings(source) if last_name(target) == name]
    return bool(name and bound) and all(is_whole(source, each, depth - 1) for each in bound)


def _gives_whole(source: ProgramSource, function: Function, depth: int) -> bool:
    inside = list(ast.walk(function))
    values = [each.value for each in inside if isinstance(each, ast.Return)]
    lazy = any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in inside)
    return (
        bool(values)
        and not lazy
        and all(each is not None and is_whole(source, each, depth) for each in values)
    )


def _bindings(source: ProgramSource) -> Iterator[tuple[ast.expr, ast.expr]]:
    for each in source.of(ast.Assign):
        yield from ((target, each.value) for target in each.targets)
    for annotated in source.of(ast.AnnAssign):
        if annotated.value is not None:
            yield annotated.target, annotated.value
