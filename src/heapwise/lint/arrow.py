"""Tables of Arrow and polars: what makes them, and what shows a part of them without a copy."""

from __future__ import annotations

import ast

from heapwise.lint.calls import called_function
from heapwise.lint.source import FUNCTIONS, Source

_LIBRARIES = {"pyarrow", "polars"}
_MAKERS = {
    "Array", "ChunkedArray", "DataFrame", "RecordBatch", "Series", "Table", "array", "chunked_array", "concat",
    "concat_tables", "record_batch", "table",
}  # fmt: skip
_MAKERS_BEGIN = ("from_", "read_")
_VIEWS = {"slice", "head", "limit", "tail"}
_DEPTH = 3


def is_made(source: Source, node: ast.expr, depth: int = _DEPTH) -> bool:
    """Whether an expression surely makes a table or column, itself or by a function of the module."""
    if not isinstance(node, ast.Call) or not depth:
        return False
    top, _, name = source.dotted(node.func).partition(".")
    last = name.rpartition(".")[2]
    if top in _LIBRARIES:
        return last in _MAKERS or last.startswith(_MAKERS_BEGIN)
    function, _ = called_function(source, node)
    if not isinstance(function, ast.FunctionDef):
        return False
    made = [
        each is not None and _is_made_or_named(source, each, depth - 1)
        for each in source.returned(function)
    ]
    return bool(made) and all(made) and not source.is_generator(function)


def _is_made_or_named(source: Source, node: ast.expr, depth: int) -> bool:
    value = bound_once(source, node) if isinstance(node, ast.Name) else node
    return value is not None and is_made(source, value, depth)


def bound_once(source: Source, name: ast.Name) -> ast.expr | None:
    """What a local is bound to, where that is said once."""
    scope = source.scope(name)
    found = [each for where, each in source.binders.get(name.id, ()) if where is scope]
    made = source.parent(found[0]) if len(found) == 1 and isinstance(scope, FUNCTIONS) else None
    plain = isinstance(made, ast.Assign) and len(made.targets) == 1 and made.targets[0] is found[0]
    return made.value if plain else None  # type: ignore[union-attr]


def whole_of(node: ast.Call) -> ast.expr | None:
    """What a call such as `table.slice(0, 10)` shows a small part of."""
    method = node.func
    if not isinstance(method, ast.Attribute) or method.attr not in _VIEWS:
        return None
    given = [*node.args, *(each.value for each in node.keywords)]
    plain = all(isinstance(each, (ast.Constant, ast.Name)) for each in given)
    bounded = method.attr != "slice" or len(given) == 2
    return method.value if plain and bounded else None
