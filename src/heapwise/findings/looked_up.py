"""Whether the source only looks at what it takes from a mapping: `table[key].median()`, `len(table[key])`."""

from __future__ import annotations

import ast

from heapwise.analyze.container_uses import LOOKS
from heapwise.analyze.program_source import FUNCTIONS, Function, ProgramSource
from heapwise.analyze.statement import last_name
from heapwise.model.tables import Frame

_WRITES = {
    "append", "appendleft", "add", "update", "extend", "insert", "setdefault", "push", "put", "pop", "popleft",
    "popitem", "remove", "discard", "clear", "subtract", "write", "send", "fill", "sort", "reverse",
}  # fmt: skip
_READS = {
    "get",
    "keys",
    "values",
    "items",
    "copy",
    "count",
    "index",
    "most_common",
    "total",
    "mean",
    "sum",
    "max",
    "min",
}
_ITERATES = LOOKS | {"sorted", "list", "tuple", "set", "frozenset", "enumerate", "reversed", "iter"}
_DEPTH = 3


def only_looks_at(source: ProgramSource, at: Frame, *, named: bool = False) -> bool:
    """Whether all that a line takes from mappings by a key is only looked at; False where it takes nothing, and where
    its function puts something else under the same key: the entry is needed. named: what gets a name there is followed
    in its function."""
    taken = [
        each for each in source.of(ast.Subscript)
        if each.lineno <= at.line <= (each.end_lineno or each.lineno) and isinstance(each.ctx, ast.Load)
        and not isinstance(each.slice, (ast.Slice, ast.Constant)) and source.file_of(each) == at.file
    ]  # fmt: skip
    return bool(taken) and all(
        (_is_looked_at(source, each) or (named and _is_named_to_look(source, each)))
        and not _is_put_there(source, each)
        for each in taken
    )


def _is_put_there(source: ProgramSource, taken: ast.Subscript) -> bool:
    scope, place = source.scope_of(taken), ast.unparse(taken)
    return not isinstance(scope, ast.Module) and any(
        isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store) and ast.unparse(each) == place
        for each in ast.walk(scope)
    )  # fmt: skip


def _is_looked_at(source: ProgramSource, node: ast.Subscript) -> bool:
    above = source.above(node)
    if isinstance(above, ast.Attribute):
        call = source.above(above)
        is_call = isinstance(call, ast.Call) and call.func is above
        return not is_call or _is_pure(source, above.attr, _DEPTH)
    if isinstance(above, ast.Call):
        return isinstance(above.func, ast.Name) and above.func.id in _ITERATES
    if isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)):
        return above.iter is node
    return isinstance(above, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If, ast.While, ast.BinOp))


def _is_named_to_look(source: ProgramSource, node: ast.Subscript) -> bool:
    """Whether what gets a name of a function is looked at there, and no more; what is only gone through to the next
    (`node = node[part]`) is not: walking may be all that is wanted."""
    given = source.above(node)
    if not isinstance(given, ast.Assign) or len(given.targets) != 1:
        return False
    target, scope = given.targets[0], source.scope_of(given)
    if not isinstance(target, ast.Name) or isinstance(scope, ast.Module):
        return False
    looked = False
    for each in ast.walk(scope):
        if not isinstance(each, ast.Name) or each.id != target.id:
            continue
        above = source.above(each)
        if isinstance(each.ctx, ast.Load) and not (
            isinstance(above, ast.Subscript) and source.above(above) is given
        ):
            if not _is_asked(source, each, above):
                return False
            looked = True
    return looked


def _is_asked(source: ProgramSource, node: ast.Name, above: ast.AST | None) -> bool:
    """Whether an attribute is read, or the object compared."""
    if not isinstance(above, ast.Attribute):
        return isinstance(above, (ast.Compare, ast.If, ast.While, ast.IfExp)) or (
            isinstance(above, ast.Call)
            and isinstance(above.func, ast.Name)
            and above.func.id in LOOKS
        )
    call = source.above(above)
    if isinstance(call, ast.Call) and call.func is above:
        return _is_pure(source, above.attr, _DEPTH)
    return isinstance(above.ctx, ast.Load)


def _is_pure(source: ProgramSource, name: str, depth: int) -> bool:
    """Whether a method changes nothing of its object, by the source of all methods of that name."""
    if name in _WRITES:
        return False
    own = [each for each in source.functions if each.name == name]
    if not own:
        return name in _READS
    return depth > 0 and all(_changes_nothing(source, each, depth) for each in own)


def _changes_nothing(source: ProgramSource, function: Function, depth: int) -> bool:
    arguments = function.args.args
    owner = arguments[0].arg if arguments else ""
    for each in ast.walk(function):
        if isinstance(each, (ast.Attribute, ast.Subscript)) and not isinstance(each.ctx, ast.Load):
            if _begins_with(each, owner):
                return False
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
            method, is_own = each.func.attr, isinstance(each.func.value, ast.Name)
            writes = method in _WRITES or (is_own and not _is_pure(source, method, depth - 1))
            if writes and _begins_with(each.func, owner):
                return False
        elif isinstance(each, FUNCTIONS) and each is not function:
            return False
    return True


def _begins_with(node: ast.expr, name: str) -> bool:
    """`self.counts[0].x`, for `self`."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return isinstance(node, ast.Name) and last_name(node) == name
