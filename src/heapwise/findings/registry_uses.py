"""What a program does with the functions in a container, by its source: tell them of events, or have them work."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.kept_at import names_above
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.model.snapshot import Snapshot

_TAKES, _GIVES = ("pop", "popleft", "popitem"), ("get", "values", "items", "copy")
_TAKES_OUT_OF = ("heappop", "heappushpop", "heapreplace")
_COPIES = ("list", "tuple", "reversed", "sorted", "iter", "enumerate")
_USED = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.Return, ast.Yield, ast.BinOp)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_STEPS, _DEPTH = 4, 3


def work_for_the_program(snapshot: Snapshot, registry: int) -> bool:
    """Whether they are a function's own, are taken out to be called, or give what somebody uses: then nobody has
    forgotten them. Not so where the source does not tell."""
    name = next(names_above(snapshot, registry), None)
    if name is None or name.steps >= _STEPS:
        return False
    if name.kind == "local":
        return True
    source = program_source(snapshot)
    return any(_works(source, each, _DEPTH) for each in _places(source, name.text))


def _places(source: ProgramSource, name: str) -> Iterator[ast.expr]:
    for each in source.of(ast.Name):
        if each.id == name and isinstance(each.ctx, ast.Load):
            yield each
    for attribute in source.of(ast.Attribute):
        if attribute.attr == name and isinstance(attribute.ctx, ast.Load):
            yield attribute


def _works(source: ProgramSource, node: ast.expr, depth: int) -> bool:
    """Whether functions of a container that stands there are taken out, or give something that is used."""
    above = source.above(node)
    if isinstance(above, ast.Attribute):
        call = source.above(above)
        if not isinstance(call, ast.Call) or call.func is not above:
            return False
        if above.attr in _TAKES:
            return True
        return above.attr in _GIVES and _leads_on(source, call, depth)
    if isinstance(above, ast.Subscript) and above.value is node:
        return isinstance(above.ctx, ast.Load) and _leads_on(source, above, depth)
    if isinstance(above, ast.Call) and last_name(above.func) in _TAKES_OUT_OF:
        return True
    if isinstance(above, ast.Call) and last_name(above.func) in _COPIES:
        return _leads_on(source, above, depth)
    if isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)) and above.iter is node:
        scope = source.above(above) if isinstance(above, ast.comprehension) else above
        names = {n.id for n in ast.walk(above.target) if isinstance(n, ast.Name)}
        return scope is not None and any(
            isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
            and each.func.id in names and _gives_what_is_used(source, each)
            for each in ast.walk(scope)
        )  # fmt: skip
    return False


def _leads_on(source: ProgramSource, node: ast.expr, depth: int) -> bool:
    """The same of what is made of a container, or stands in it: which may be a function, or a container of some."""
    above = source.above(node)
    if isinstance(above, ast.Call) and above.func is node:
        return _gives_what_is_used(source, above)
    if isinstance(above, ast.Assign) and depth and isinstance(above.targets[0], ast.Name):
        name, scope = above.targets[0].id, source.scope_of(above)
        reads = [
            n for n in ast.walk(scope)
            if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
        ]  # fmt: skip
        return any(_leads_on(source, each, depth - 1) for each in reads)
    return depth > 0 and _works(source, node, depth - 1)


def _gives_what_is_used(source: ProgramSource, call: ast.Call) -> bool:
    """Whether what a call gives is kept, handed on or reckoned with; what a test asks for may be a sign to go."""
    node: ast.AST = call
    above = source.above(node)
    if isinstance(above, ast.Await):
        node, above = above, source.above(above)
    if isinstance(above, _COMPREHENSIONS):
        # A list of what callbacks give, that is nobody's, is a loop.
        return not isinstance(source.above(above), ast.Expr)
    if isinstance(above, ast.Call):
        return above.func is not node
    if isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name):
        return not _is_called_in_turn(source, above, above.targets[0].id)
    return isinstance(above, (*_USED, ast.keyword, ast.Attribute, ast.Subscript))


def _is_called_in_turn(source: ProgramSource, given: ast.Assign, name: str) -> bool:
    """Whether what a call gives is only asked whether it is there, and called: a weak reference that is followed."""
    called = False
    for each in ast.walk(source.scope_of(given)):
        if not isinstance(each, ast.Name) or each.id != name or not isinstance(each.ctx, ast.Load):
            continue
        above = source.above(each)
        if (
            isinstance(above, ast.Call)
            and above.func is each
            and not _gives_what_is_used(source, above)
        ):
            called = True
        elif not isinstance(above, (ast.Compare, ast.If, ast.IfExp, ast.UnaryOp)):
            return False
    return called
