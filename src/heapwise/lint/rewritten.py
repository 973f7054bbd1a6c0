"""Whether a file that is read whole is written, cut, moved or removed before all of its lines were looked at."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import open_mode
from heapwise.lint.source import Source

_OF_PATH = {"write_text", "write_bytes", "unlink", "rename", "replace", "touch"}
_OF_SYSTEM = {
    "os.remove", "os.unlink", "os.rename", "os.replace", "os.truncate", "shutil.move", "shutil.copy",
    "shutil.copyfile", "shutil.copy2",
}  # fmt: skip
_QUIET = {"close", "name", "closed", "fileno"}


def is_rewritten(source: Source, read: ast.expr, use: ast.expr) -> bool:
    """read: what reads the file; use: where its lines are gone through; nothing is known of other functions."""
    owner = _owner(read)
    scope, last = source.function(read) or source.tree, source.statement(use)
    if owner is None or last is None or source.function(use) is not source.function(read):
        return False
    path = _path(source, owner)
    inside = {id(n) for n in ast.walk(read)}
    end = last.end_lineno or last.lineno
    after = [
        n for n in ast.walk(scope)
        if id(n) not in inside and read.lineno <= getattr(n, "lineno", 0) <= end
    ]  # fmt: skip
    if isinstance(owner, ast.Name) and _is_of_file(read) and _is_used(source, owner, after):
        return True
    return path is not None and any(
        _as_written(each) == _as_written(path)
        for call in after if isinstance(call, ast.Call) for each in _changed(source, call)
    )  # fmt: skip


def _owner(read: ast.expr) -> ast.expr | None:
    """`file` of `file.read()`, `path` of `path.read_text()`."""
    method = read.func if isinstance(read, ast.Call) else None
    return method.value if isinstance(method, ast.Attribute) else None


def _is_of_file(read: ast.expr) -> bool:
    """Whether an open file is read, and not what a path leads to."""
    method = read.func if isinstance(read, ast.Call) else None
    return isinstance(method, ast.Attribute) and method.attr in ("read", "readlines")


def _is_used(source: Source, file: ast.Name, after: list[ast.AST]) -> bool:
    """Whether something else is done with a file that a name stands for."""
    named = [n for n in after if isinstance(n, ast.Name) and n.id == file.id]
    if any(not isinstance(each.ctx, ast.Load) for each in named):
        return False  # it is another one from there on
    uses = [source.parent(each) for each in named]
    return any(not isinstance(each, ast.Attribute) or each.attr not in _QUIET for each in uses)


def _path(source: Source, owner: ast.expr) -> ast.expr | None:
    """The path of what is read: of a file that was opened, or itself."""
    if isinstance(owner, ast.Call) and open_mode(source, owner) is not None:
        return _of_open(owner)
    if not isinstance(owner, ast.Name):
        return owner
    function = source.function(owner)
    opened = [
        item.context_expr for item in source.of(ast.withitem)
        if isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == owner.id
        and source.function(item) is function and item.context_expr.lineno <= owner.lineno
    ]  # fmt: skip
    opened += [
        value for statement, targets, value in source.bindings
        if source.function(statement) is function and statement.lineno <= owner.lineno
        and any(isinstance(each, ast.Name) and each.id == owner.id for each in targets)
    ]  # fmt: skip
    last = max(opened, key=lambda each: each.lineno, default=None)
    if isinstance(last, ast.Call) and open_mode(source, last) is not None:
        return _of_open(last)
    return owner


def _of_open(call: ast.Call) -> ast.expr | None:
    """The path in `open(path)`, `path.open()`."""
    if isinstance(call.func, ast.Attribute) and (not call.args or _is_mode(call.args[0])):
        return call.func.value
    return call.args[0] if call.args else None


def _is_mode(node: ast.expr) -> bool:
    """Whether a first argument is a mode, as that of `path.open("w")`; not the path, as of `gzip.open(path)`."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) <= 3


def _changed(source: Source, call: ast.Call) -> Iterator[ast.expr]:
    """The paths of files that a call writes, moves or removes."""
    mode = open_mode(source, call)
    if mode is not None:
        path = _of_open(call)
        if set(mode) & set("wax+") and path is not None:
            yield path
    elif source.dotted(call.func) in _OF_SYSTEM:
        yield from call.args
    elif isinstance(call.func, ast.Attribute) and call.func.attr in _OF_PATH:
        yield call.func.value


def _as_written(node: ast.expr) -> str:
    """An expression as text, without `Path(...)` or `str(...)` around it."""
    while isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        if getattr(node.func, "attr", getattr(node.func, "id", "")) not in (
            "Path",
            "str",
            "fspath",
        ):
            break
        node = node.args[0]
    return ast.unparse(node)
