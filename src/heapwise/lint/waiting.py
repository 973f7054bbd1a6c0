"""Whether items may be made when they are asked for, and not before: nobody may see the difference."""

from __future__ import annotations

import ast

from heapwise.lint.effects import (
    cannot_fail,
    is_fresh,
    is_guarded,
    is_pure,
    leaves_alone,
    stops_early,
    writes_locals_alone,
    writes_outer,
)
from heapwise.lint.flow import reduces
from heapwise.lint.source import COMPREHENSIONS, Source, names_in


def may_wait(source: Source, made: ast.expr, use: ast.expr) -> bool:
    """Whether what a comprehension does for each item may be done as `use` reads it, a statement later or at once.

    Its items must write nothing. Where they may fail, no more may have happened by then than is lost with the failure;
    where the reader may stop, no item may fail, and what they are made from must be nobody else's. What they are made
    from must stay as it is meanwhile.
    """
    inner = made.args[0] if isinstance(made, ast.Call) and made.args else made
    if not isinstance(inner, (ast.ListComp, ast.GeneratorExp)):
        return False
    work = [inner.elt, *(each for g in inner.generators for each in g.ifs)]
    work += [each.iter for each in inner.generators[1:]]
    statement = source.statement(use)
    if statement is None or not all(is_pure(source, each) for each in work):
        return False
    if any(isinstance(n, ast.NamedExpr) for n in ast.walk(statement)):
        return False
    sure = len(inner.generators) == 1 and all(cannot_fail(source, each) for each in work)
    fresh = is_fresh(source, inner.generators[0].iter)
    if not fresh and _acts_as_it_is_read(source, inner.generators[0].iter):
        return False
    above = source.parent(use)
    if reduces(source, use):
        if source.called(above) in ("any", "all"):
            return sure and fresh
        ordered = source.called(above) in ("min", "max")
        return not _is_no_number(source, inner.elt, ordered=ordered)
    if isinstance(above, ast.comprehension):
        outer = source.parent(above)
        return isinstance(outer, COMPREHENSIONS) and _of_comprehension(
            source, outer, sure=sure and fresh
        )
    if not isinstance(above, ast.For) or above.orelse:
        return False
    read = set().union(*(names_in(each) for each in work))
    if names_in(above.target) & read or not _binds_names(above.target):
        return False
    if stops_early(above.body) and not (sure and fresh):
        return False
    if writes_outer(source, above):
        return False
    if sure and fresh:  # what is read may write as well
        return leaves_alone(source, source.function(above), above.body)
    return (
        writes_locals_alone(source, above.body)
        and not is_guarded(source, above)
        and not any(_may_fail_first(n) for each in above.body for n in ast.walk(each))
    )


def _acts_as_it_is_read(source: Source, iterable: ast.expr) -> bool:
    """Whether an iterable may do something for each item, which is seen where its reader fails: functions that are
    mapped, and what the module defines itself."""
    if isinstance(iterable, ast.GeneratorExp):
        return True
    name = source.dotted(iterable.func) if isinstance(iterable, ast.Call) else ""
    own = {each.name for each in (*source.functions, *source.of(ast.ClassDef))}
    return name in ("map", "filter") or name.partition(".")[0] in own


def _is_no_number(source: Source, node: ast.expr, *, ordered: bool) -> bool:
    """Whether a sum of such items fails at the first of them; ordered: the least or greatest of them."""
    made = source.dotted(node.func) if isinstance(node, ast.Call) else ""
    own = any(each.name == made for each in source.of(ast.ClassDef))
    if ordered:
        return own or made == "dict" or isinstance(node, (ast.Dict, ast.DictComp))
    kinds = (ast.JoinedStr, ast.Tuple, ast.List, ast.Dict, ast.Set, *COMPREHENSIONS)
    method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    texts = ("str", "repr", "bytes", "list", "tuple", "dict", "set")
    text = isinstance(node, ast.Constant) and not isinstance(node.value, (int, float))
    parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else []
    parts += node.values if isinstance(node, ast.BoolOp) else []
    return (
        isinstance(node, kinds)
        or own
        or made in texts
        or (method and not made)
        or text
        or any(_is_no_number(source, each, ordered=False) for each in parts)
    )


def _of_comprehension(source: Source, outer: ast.expr, *, sure: bool) -> bool:
    """Whether what reads the items does so at once, and nothing else. sure: no item fails, and nobody sees how far they
    were made when the reader does."""
    if isinstance(outer, ast.GeneratorExp) and not reduces(source, outer):
        return False
    stops = source.called(source.parent(outer)) in ("any", "all")
    made = [outer.key, outer.value] if isinstance(outer, ast.DictComp) else [outer.elt]  # type: ignore[attr-defined]
    parts = [*made, *(each for g in outer.generators for each in g.ifs)]  # type: ignore[attr-defined]
    parts += [each.iter for each in outer.generators[1:]]  # type: ignore[attr-defined]
    if not all(is_pure(source, each) for each in parts):
        return False
    failing = any(_may_fail_first(n) for each in parts for n in ast.walk(each))
    return not stops and (sure or not failing)


def _may_fail_first(node: ast.AST) -> bool:
    """Whether the reader may fail by something else than the item: then another failure would be seen."""
    kinds = (
        ast.Div,
        ast.FloorDiv,
        ast.Mod,
        ast.Pow,
        ast.LShift,
        ast.RShift,
        ast.Subscript,
        ast.Attribute,
        ast.Call,
    )
    return isinstance(node, kinds)  # fmt: skip


def _binds_names(target: ast.expr) -> bool:
    parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
    return all(isinstance(each, ast.Name) or _is_nested(each) for each in parts)


def _is_nested(target: ast.expr) -> bool:
    return isinstance(target, (ast.Tuple, ast.List)) and _binds_names(target)
