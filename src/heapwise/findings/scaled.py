"""Whether the source scales arrays by the largest value of what they were made of, or divides them in place."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import TypeGuard

from heapwise.analyze.program_source import FUNCTIONS, Function, ProgramSource
from heapwise.analyze.statement import last_name

LARGEST = frozenset((255.0, 127.5, 4095.0, 32767.0, 32768.0, 65535.0))
"""Of 8, 12 and 16 bits, and the middle between."""
_DEPTH = 8
_SAME = {"asarray", "array", "ascontiguousarray", "copy", "reshape", "transpose", "astype", "stack", "concatenate",
         "squeeze", "expand_dims", "moveaxis", "swapaxes", "flip", "pad", "float64"}  # fmt: skip
"""Calls that give the values of what they are given, or are called on."""
_READERS = {"fromfile", "frombuffer", "memmap", "open_memmap", "unpack", "genfromtxt", "loadtxt"}
_MAKERS = {
    "astype",
    "asarray",
    "array",
    "zeros",
    "empty",
    "ones",
    "full",
    "standard_normal",
    "random",
    "linspace",
}
_EMPTY = {"empty", "zeros", "ones", "full"}
_SUMS = {"sum", "mean", "std", "var", "average", "cumsum", "nansum", "nanmean"}
_FLOAT32, _WIDE = {"float32", "f4", "single"}, {"float64", "f8", "double", "longdouble"}
_SIZED = {
    *_EMPTY,
    "arange",
    "linspace",
    "random",
    "standard_normal",
    "normal",
    "integers",
    "uniform",
}
_WIDE_AS_TYPES = {"float", "float_", "d"}
"""Names that mean other things where they are no types of arrays."""
_GIVE_INDICES = {
    "argsort",
    "argpartition",
    "nonzero",
    "flatnonzero",
    "searchsorted",
    "arange",
    "unique",
    "where",
}


def is_scaled_at(
    source: ProgramSource, file: str, line: int, numbers: Collection[float] = LARGEST
) -> bool:
    """Whether a statement on a line gives an array that was divided by one of some numbers."""
    return is_divided_in_place_at(source, file, line, numbers) or any(
        _is_scaled(source, value, _DEPTH)
        for statement in statements_at(source, file, line)
        for value in values_of(statement)
    )


def is_divided_in_place_at(
    source: ProgramSource, file: str, line: int, numbers: Collection[float] | None = None
) -> bool:
    """Whether a line makes an array that its function then divides in place, by one of some numbers."""
    return any(
        _gives_same(value) and _is_divided(source, names, source.scope_of(statement), numbers)
        for statement in statements_at(source, file, line)
        for names in (names_bound_by(statement),)
        for value in values_of(statement)
        if names
    )


def reads_float32_at(source: ProgramSource, file: str, line: int) -> str | None:
    """The call by which the function that a line stands in reads float32, where it names no wider type and the line
    makes an array of numbers; None otherwise."""
    for statement in statements_at(source, file, line):
        scope = source.scope_of(statement)
        if not isinstance(scope, FUNCTIONS):
            continue
        inside = list(ast.walk(scope))
        if any(_is_wide(source, each) for each in inside) or any(
            isinstance(each, ast.Call) and last_name(each.func) in _GIVE_INDICES
            for each in ast.walk(statement)
        ):
            continue
        # What it calls may read them for it.
        called = {last_name(each.func) for each in inside if isinstance(each, ast.Call)}
        helpers = [each for each in source.functions if each.name in called and each is not scope]
        for each in inside:
            if _makes_float32(each, _READERS):
                return last_name(each.func)
        for helper in helpers:
            if any(_makes_float32(each, _READERS | _MAKERS) for each in _given_back(helper)):
                return helper.name
    return None


def made_as_float32(source: ProgramSource) -> Iterator[ast.Call]:
    """The calls of a program that make arrays of float32."""
    return (each for each in source.of(ast.Call) if _makes_float32(each, _READERS | _MAKERS))


def takes_type_at(source: ProgramSource, file: str, line: int) -> bool:
    """Whether a line makes an array of the type that another one has come to, `np.empty(n, dtype=part.dtype)`, where
    the program makes float32 and names no wider type, but for sums."""
    takes = any(
        isinstance(call, ast.Call) and last_name(call.func) in _EMPTY
        and any(isinstance(w.value, ast.Attribute) and w.value.attr == "dtype" for w in call.keywords)
        for statement in statements_at(source, file, line) for call in ast.walk(statement)
    )  # fmt: skip
    return takes and next(made_as_float32(source), None) is not None and not _names_wide(source)


def _names_wide(source: ProgramSource) -> bool:
    """Whether a program asks for a type wider than float32, but as that of a sum."""
    for node in (*source.of(ast.Attribute), *source.of(ast.Name), *source.of(ast.Constant)):
        if _is_wide(source, node):
            above = source.above(node)
            call = source.above(above) if isinstance(above, ast.keyword) else None
            if not isinstance(call, ast.Call) or last_name(call.func) not in _SUMS:
                return True
    return False


def _is_wide(source: ProgramSource, node: ast.AST) -> bool:
    """Whether a node names a type wider than float32: `np.float64`, or `float` where a type is asked for."""
    name = _type_name(node)
    if name not in _WIDE_AS_TYPES:
        return name in _WIDE
    above = source.above(node)
    if isinstance(above, ast.keyword):
        return above.arg == "dtype"
    given = isinstance(above, ast.Call) and node in above.args
    return given and last_name(above.func) in (*_MAKERS, "dtype")  # type: ignore[union-attr]


def is_worked_out_at(source: ProgramSource, file: str, line: int) -> bool:
    """Whether a line gives what it works out from something that its function was given, or that a call there made as
    float32, and the function names no wider type: `x - y`."""
    return any(
        isinstance(value, ast.BinOp)
        and not any(_is_wide(source, each) for each in ast.walk(scope))
        and not set(_values_of(value)).isdisjoint(_given(scope))
        for statement in statements_at(source, file, line)
        for scope in (source.scope_of(statement),)
        for value in values_of(statement)
    )


def _values_of(node: ast.expr) -> Iterator[str]:
    """The names whose values an expression works with: not those that say how many a call makes."""
    if isinstance(node, ast.Name):
        yield node.id
    makes = isinstance(node, ast.Call) and last_name(node.func) in _SIZED
    for each in () if makes else ast.iter_child_nodes(node):
        if isinstance(each, ast.expr):
            yield from _values_of(each)


def _given(scope: ast.AST) -> set[str]:
    """The parameters of a function, and its names for what calls make as float32."""
    if not isinstance(scope, FUNCTIONS):
        return set()
    arguments = scope.args
    names = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    bound = {
        target.id for each in ast.walk(scope)
        if isinstance(each, ast.Assign) and _makes_float32(each.value, _READERS | _MAKERS)
        for target in each.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    return (names - {"self", "cls"}) | bound


def _makes_float32(node: ast.AST, calls: Collection[str]) -> TypeGuard[ast.Call]:
    """Whether it is one of some calls, which is given that type."""
    if not isinstance(node, ast.Call) or last_name(node.func) not in calls:
        return False
    return any(
        _type_name(each) in _FLOAT32 for each in (*node.args, *(w.value for w in node.keywords))
    )


def _given_back(function: Function) -> Iterator[ast.AST]:
    """All that is part of what a function gives."""
    for each in ast.walk(function):
        if isinstance(each, (ast.Return, ast.Yield)) and each.value is not None:
            yield from ast.walk(each.value)


def _type_name(node: ast.AST) -> str:
    """`float32` of `np.float32`, of `"float32"`."""
    if isinstance(node, ast.Constant):
        return node.value.lstrip("<=>") if isinstance(node.value, str) else ""
    return last_name(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""


def statements_at(source: ProgramSource, file: str, line: int) -> Iterator[ast.stmt]:
    """The statements on a line that bind, give back, or call."""
    statements = [
        *source.of(ast.Assign), *source.of(ast.AnnAssign), *source.of(ast.Return), *source.of(ast.Expr),
    ]  # fmt: skip
    for each in statements:
        here = each.lineno <= line <= (each.end_lineno or each.lineno)
        if here and source.file_of(each) == file:
            yield each


def values_of(statement: ast.stmt) -> list[ast.expr]:
    """What it binds, gives back, or hands to a call that stands alone, as `frames.append(x / 255)`."""
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Expr):
        return value.args if isinstance(value, ast.Call) else []
    return [value] if value is not None else []


def names_bound_by(statement: ast.stmt) -> set[str]:
    """The names that an assignment binds."""
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return {each.id for each in targets if isinstance(each, ast.Name)}


def _is_divided(
    source: ProgramSource, names: set[str], scope: ast.AST, numbers: Collection[float] | None
) -> bool:
    return any(
        isinstance(each.target, ast.Name) and each.target.id in names and source.scope_of(each) is scope
        and isinstance(each.op, ast.Div) and (numbers is None or _number(each.value) in numbers)
        for each in source.of(ast.AugAssign)
    )  # fmt: skip


def _gives_same(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) in _SAME


def _is_scaled(source: ProgramSource, node: ast.expr, depth: int) -> bool:
    """Whether an expression is an array, scaled, with only its numbers changed since."""
    if not depth:
        return False
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div)):
        if isinstance(node.op, ast.Div) and _number(node.right) in LARGEST:
            return _number(node.left) is None
        plain = _number(node.left) is None
        return _is_scaled(source, node.left if plain else node.right, depth - 1)
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return _is_scaled(source, node.elt, depth - 1)
    if isinstance(node, ast.Call):
        name = last_name(node.func)
        if name in ("divide", "true_divide") and len(node.args) == 2:
            return _number(node.args[1]) in LARGEST
        if name not in _SAME:
            return False
        inner = [
            *node.args[:1],
            *([node.func.value] if isinstance(node.func, ast.Attribute) else []),
        ]
        return any(_is_scaled(source, each, depth - 1) for each in inner)
    if isinstance(node, ast.Name):
        scope = source.scope_of(node)
        return any(
            _is_scaled(source, each.value, depth - 1)
            for each in source.of(ast.Assign)
            if source.scope_of(each) is scope and _binds(each, node.id) and each.lineno <= node.lineno
        )  # fmt: skip
    return False


def _binds(statement: ast.Assign, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in statement.targets)


def _number(node: ast.expr) -> float | None:
    """`255`, `255.0`, `np.float64(255)`."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    if (
        isinstance(node, ast.Call)
        and len(node.args) == 1
        and last_name(node.func) in ("float", "float64")
    ):
        node = node.args[0]
    plain = isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
    return float(node.value) if plain and not isinstance(node.value, bool) else None  # type: ignore[attr-defined]
