"""What one statement of a source file reads and calls, by its line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPOUND = (
    ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
)  # fmt: skip

LOOPS = (
    ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """function: the last name of the function that it stands in; empty at a module's own level. reads: the names that
    it reads and does not call, each with its first attribute: `x`, `self.x`, `x.sum`; not those of which it reads one
    element, `x[-1]`. calls: the last parts of what it calls. binds: the names that it binds, or of whose objects it
    sets an item: `x`, `x[...]`. returns: whether its caller gets what it makes: it returns, or binds a name that is
    returned."""

    function: str
    reads: frozenset[str]
    calls: frozenset[str]
    binds: frozenset[str]
    returns: bool = False


def statement_at(text: str, line: int) -> Statement | None:
    """The innermost statement that a line of a source text belongs to; None where it is no Python, or holds none."""
    tree = tree_of(text)
    if tree is None:
        return None
    function, found = None, None
    waiting: list[tuple[ast.AST, ast.AST | None]] = [(tree, None)]
    while waiting:
        node, within = waiting.pop()
        for child in ast.iter_child_nodes(node):
            below = child if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else within
            last = getattr(child, "end_lineno", None)
            if last is not None and not child.lineno <= line <= last:  # type: ignore[attr-defined]
                continue
            if isinstance(child, ast.stmt):
                found, function = child, below
            waiting.append((child, below))
    return _of(found, function) if found is not None else None


def tree_of(text: str) -> ast.Module | None:
    """The tree of a source text, as it stands in its file; None where it is no Python that this interpreter reads."""
    try:
        return ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _of(node: ast.stmt, function: ast.AST | None) -> Statement:
    parts = _head(node) if isinstance(node, _COMPOUND) else [node]
    reads: set[str] = set()
    calls: set[str] = set()
    called: set[int] = set()
    for each in (inner for part in parts for inner in ast.walk(part)):
        if isinstance(each, ast.Call):
            calls.add(last_name(each.func))
            if isinstance(each.func, ast.Name):
                called.add(id(each.func))
        if isinstance(each, ast.Subscript) and _is_number(each.slice):
            called.add(id(each.value))
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            called.add(id(each.value))
            reads.add(f"{each.value.id}.{each.attr}")
        elif (
            isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and id(each) not in called
        ):
            reads.add(each.id)
    bound = frozenset(_bound(node))
    returns = any(
        each is node or (isinstance(each.value, ast.Name) and each.value.id in bound)
        for each in ast.walk(function or node) if isinstance(each, ast.Return)
    )  # fmt: skip
    name = getattr(function, "name", "")
    return Statement(name, frozenset(reads), frozenset(calls), bound, returns)


def _bound(node: ast.stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for each in targets:
        place = each.value if isinstance(each, ast.Subscript) else each
        if isinstance(place, ast.Name):
            yield place.id


def _is_number(index: ast.expr) -> bool:
    value = index.operand if isinstance(index, ast.UnaryOp) else index
    return isinstance(value, ast.Constant) and isinstance(value.value, int)


def _head(node: ast.stmt) -> list[ast.AST]:
    """What a compound statement works out itself, without its body."""
    return [
        child for child in ast.iter_child_nodes(node)
        if isinstance(child, (ast.expr, ast.withitem))
    ]  # fmt: skip


def last_name(node: ast.expr) -> str:
    """`f`, or `f` of `a.b.f`; empty for other expressions."""
    return (
        node.attr
        if isinstance(node, ast.Attribute)
        else node.id
        if isinstance(node, ast.Name)
        else ""
    )
