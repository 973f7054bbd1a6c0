"""HW712: a large local lives on after its last use.

A name keeps its object until the function ends, though later lines, which allocate more, do not need it.

What to do: `del name` after its last use (done by `--fix --unsafe`), or a function of its own for that part. Said only
where a recording tells how much it holds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.rule import Edit, Hit, Saves, hit
from heapwise.lint.source import FunctionNode, Source, parameters

CODE = "HW712"
TITLE = "a local outlives its use"
SIZED = True
_HOLDERS = ("tempfile.", "weakref.", "subprocess.", "contextlib.", "open", "mmap.")
"""What these give does something when it goes."""
_VIEWS = ("reshape", "view", "ravel", "transpose", "squeeze", "swapaxes")
_LOUD = (
    "__del__", "weakref", "finalize", "tempfile", "ctypes", "buffer_info", "getrefcount", "locals(", "eval(",
    "exec(", "vars(", "dir(",
)  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Names bound by a call at the top of a function's body, whose last use is well before its end."""
    for function in source.functions:
        body = function.body
        if any(isinstance(n, (ast.Global, ast.Nonlocal, ast.Yield)) for n in ast.walk(function)):
            continue
        for at, node in enumerate(body):
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            if not isinstance(node.value, (ast.Call, ast.ListComp, ast.DictComp, ast.BinOp)):
                continue
            name = node.targets[0].id
            if source.called(node.value).startswith(_HOLDERS):
                continue
            last = _last_use(source, function, name, at)
            if last is None or last >= len(body) - 1 or not _works_on(body[last + 1 :]):
                continue
            if _is_aliased(source, function, name):
                continue
            yield hit(
                source, node, CODE, TITLE,
                f"{name} is used for the last time in line {body[last].end_lineno}, and lives on to the end",
                saves=Saves.OVERLAP, after_line=body[last].end_lineno or 0, holder=name,
                fix=f"del {name}, after line {body[last].end_lineno}",
                edits=_delete_after(body[last], name) if not _ends_loudly(source) else (),
            )  # fmt: skip


def _last_use(source: Source, function: FunctionNode, name: str, at: int) -> int | None:
    """The statement of the body that reads a name last; None when inner functions see it, or it is bound again."""
    last = None
    for index, statement in enumerate(function.body):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id == name:
                if not isinstance(node.ctx, ast.Load) and index != at:
                    return None
                if isinstance(node.ctx, ast.Load):
                    later = any(
                        isinstance(each, (ast.Lambda, ast.GeneratorExp))
                        for each in _within(source, node)
                    )
                    if source.function(node) is not function or later:
                        return None
                    last = index
    return last


def _within(source: Source, node: ast.AST) -> Iterator[ast.AST]:
    """What stands around a node in its statement."""
    for each in source.around(node):
        if isinstance(each, ast.stmt):
            return
        yield each


def _hands_on(source: Source, call: ast.Call, use: ast.Name) -> bool:
    """Whether a call keeps what it is given, or is known to give it back."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("append", "add"):
        return True
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if any(each.arg == "out" and each.value is use for each in call.keywords):
        return True
    for function in (each for each in source.functions if each.name == name):
        taken = {each.arg for each in parameters(function)}
        anew = {
            target.id
            for node, targets, _ in source.bindings if source.function(node) is function
            for target in targets if isinstance(target, ast.Name)
        }  # fmt: skip
        given = taken - anew
        for returned in (n.value for n in ast.walk(function) if isinstance(n, ast.Return)):
            filled = [k.value for k in getattr(returned, "keywords", ()) if k.arg == "out"]
            if any(isinstance(n, ast.Name) and n.id in given for n in (returned, *filled)):
                return True
    return False


def _ends_loudly(source: Source) -> bool:
    """Whether something in the module may see when an object goes, or what names there are."""
    return any(word in source.text for word in _LOUD)


def _works_on(rest: list[ast.stmt]) -> bool:
    """Whether what follows calls something."""
    return any(isinstance(n, ast.Call) for each in rest for n in ast.walk(each))


def _is_aliased(source: Source, function: FunctionNode, name: str) -> bool:
    """Whether the object is plainly kept elsewhere: given another name, returned, or stored."""
    for use in source.loads.get(name, ()):
        if source.function(use) is function:
            above = source.parent(use)
            if isinstance(
                above, (ast.Return, ast.Assign, ast.Yield, ast.Tuple, ast.List, ast.Dict)
            ):
                return True
            if isinstance(above, ast.Call) and _hands_on(source, above, use):
                return True
            if isinstance(above, ast.Attribute) and above.attr in _VIEWS:
                view = source.parent(above)
                if isinstance(view, ast.Call) and isinstance(source.parent(view), ast.Assign):
                    return True
    return False


def _delete_after(statement: ast.stmt, name: str) -> tuple[Edit, ...]:
    if not isinstance(statement, (ast.Assign, ast.Expr, ast.AugAssign, ast.AnnAssign)):
        return ()

    def change(node: Any) -> Any:
        import libcst as cst

        first, *rest = node.nodes if isinstance(node, cst.FlattenSentinel) else [node]
        return cst.FlattenSentinel([first, cst.parse_statement(f"del {name}"), *rest])

    return (Edit((statement.lineno, statement.col_offset), "SimpleStatementLine", change),)
