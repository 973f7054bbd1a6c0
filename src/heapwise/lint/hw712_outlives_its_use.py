"""HW712: a large local lives on after its last use.

A name keeps its object until the function ends, though later lines, which allocate more, do not need it.

What to do: `del name` after its last use (done by `--fix --unsafe`), or a function of its own for that part. Costs:
nothing. Said only where a recording tells how much it holds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

from heapwise.lint.flow import REDUCES
from heapwise.lint.rule import Edit, Hit, Saves, hit
from heapwise.lint.source import FunctionNode, Source, parameters

CODE = "HW712"
TITLE = "a local outlives its use"
SIZED = True
_HOLDERS = ("tempfile.", "weakref.", "subprocess.", "contextlib.", "open", "mmap.")
"""What these give does something when it goes."""
_GATHER = {"list", "tuple", "set", "frozenset", "dict", "sorted", "collections.Counter"}
_VIEWS = ("reshape", "view", "ravel", "transpose", "squeeze", "swapaxes")
_LOUD = (
    "__del__", "weakref", "finalize", "tempfile", "ctypes", "buffer_info", "getrefcount", "locals(", "eval(",
    "exec(", "vars(", "dir(",
)  # fmt: skip


class Step(NamedTuple):
    """statement: of a function's own body, or of a `with` in it. parts: what belongs to it alone."""

    statement: ast.stmt
    parts: list[ast.AST]

    @property
    def end(self) -> int:
        """Its last line; that of a `with` before its body."""
        return max(getattr(each, "end_lineno", 0) or 0 for each in self.parts)


def look(source: Source) -> Iterator[Hit]:
    """Names bound by a call at the top of a function's body, whose last use is well before its end."""
    for function in source.functions:
        if any(isinstance(n, (ast.Global, ast.Nonlocal, ast.Yield)) for n in ast.walk(function)):
            continue
        own = list(steps(function.body))
        for at, (node, _) in enumerate(own):
            name = bound(source, node)
            if not name:
                continue
            last = last_use(source, function, own, name, at)
            if last is None or last >= len(own) - 1 or not works_on(own[last + 1 :]):
                continue
            if is_aliased(source, function, name) or has_views(source, function, node, name):
                continue
            if any(_makes_beside(step.statement, node) for step in own):
                continue
            yield hit(
                source, node, CODE, TITLE,
                f"{name} is used for the last time in line {own[last].end}, and lives on to the end",
                saves=Saves.OVERLAP, after_line=own[last].end, holder=name,
                fix=f"del {name}, after line {own[last].end}",
                edits=_delete_after(own[last].statement, name) if not ends_loudly(source) else (),
            )  # fmt: skip


def steps(body: list[ast.stmt]) -> Iterator[Step]:
    """The statements of a function's body in order; those in a `with` beside it."""
    for each in body:
        if isinstance(each, (ast.With, ast.AsyncWith)):
            heads = [(item.context_expr, item.optional_vars) for item in each.items]
            yield Step(each, [part for head in heads for part in head if part is not None])
            yield from steps(each.body)
        else:
            yield Step(each, [each])


def bound(source: Source, node: ast.stmt) -> str:
    """The name that a statement binds to something made there; empty for other statements."""
    if isinstance(node, ast.Assign):
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign):
        target = node.target
    else:
        return ""
    made = isinstance(node.value, (ast.Call, ast.ListComp, ast.DictComp, ast.BinOp))
    if not isinstance(target, ast.Name) or not made:
        return ""
    return "" if source.called(node.value).startswith(_HOLDERS) else target.id


def last_use(
    source: Source, function: FunctionNode, steps: list[Step], name: str, at: int
) -> int | None:
    """The step that reads a name last; None when inner functions see it, or it is bound again."""
    last = None
    for index, step in enumerate(steps):
        for node in (n for part in step.parts for n in ast.walk(part)):
            if isinstance(node, ast.Name) and node.id == name:
                if not isinstance(node.ctx, ast.Load) and index != at:
                    return None
                if isinstance(node.ctx, ast.Load):
                    later = any(_runs_later(source, each) for each in _within(source, node))
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


def _runs_later(source: Source, node: ast.AST) -> bool:
    """Whether an expression may read its names after its statement: a generator that no call runs to its end."""
    call = source.parent(node)
    if isinstance(node, ast.GeneratorExp) and isinstance(call, ast.Call):
        joins = isinstance(call.func, ast.Attribute) and call.func.attr == "join"
        return not joins and source.dotted(call.func) not in REDUCES | _GATHER
    return isinstance(node, (ast.Lambda, ast.GeneratorExp))


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


def ends_loudly(source: Source) -> bool:
    """Whether something in the module may see when an object goes, or what names there are."""
    return any(word in source.text for word in _LOUD)


def works_on(rest: list[Step]) -> bool:
    """Whether what follows calls something."""
    parts = (part for step in rest for part in step.parts)
    return any(isinstance(n, ast.Call) for each in parts for n in ast.walk(each))


def is_aliased(source: Source, function: FunctionNode, name: str) -> bool:
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


def has_views(source: Source, function: FunctionNode, made: ast.stmt, name: str) -> bool:
    """Whether a slice of the object is given a name or stored: a view of it, unless it is one of Python's own."""
    if isinstance(getattr(made, "value", None), (ast.ListComp, ast.DictComp)):
        return False
    for use in source.loads.get(name, ()):
        part = source.parent(use)
        if source.function(use) is not function or not isinstance(part, ast.Subscript):
            continue
        indices = part.slice.elts if isinstance(part.slice, ast.Tuple) else [part.slice]
        kept = isinstance(
            source.parent(part), (ast.Return, ast.Assign, ast.Yield, ast.Tuple, ast.List, ast.Dict)
        )
        if kept and any(isinstance(each, ast.Slice) for each in indices):
            return True
    return False


def _makes_beside(statement: ast.stmt, node: ast.stmt) -> bool:
    """Whether another statement of the same line calls something: whose the bytes of the line are is not known."""
    beside = statement is not node and statement.lineno == node.lineno
    return beside and any(isinstance(each, ast.Call) for each in ast.walk(statement))


def _delete_after(statement: ast.stmt, name: str) -> tuple[Edit, ...]:
    if not isinstance(statement, (ast.Assign, ast.Expr, ast.AugAssign, ast.AnnAssign)):
        return ()

    def change(node: Any) -> Any:
        import libcst as cst

        first, *rest = node.nodes if isinstance(node, cst.FlattenSentinel) else [node]
        return cst.FlattenSentinel([first, cst.parse_statement(f"del {name}"), *rest])

    return (Edit((statement.lineno, statement.col_offset), "SimpleStatementLine", change),)
