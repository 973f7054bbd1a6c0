"""Arrays in place of lists of numbers, where a heap shows that they are."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from heapwise.analyze.statement import last_name
from heapwise.lint.at_line import outermost
from heapwise.lint.calls import is_own
from heapwise.lint.rule import Edit, edit
from heapwise.lint.source import Source, is_self_attribute

_OF_ARRAYS = {"append", "extend", "insert", "pop", "reverse"}
"""What arrays have of the methods of lists, and do the same: a number that is found again is another object, and one
that is not equal to itself is not found."""
_TAKE_ARRAYS = {
    "len", "sum", "min", "max", "iter", "enumerate", "zip", "reversed", "any", "all", "map", "filter", "numpy.mean",
    "numpy.median", "numpy.std", "numpy.sum", "numpy.percentile", "numpy.quantile", "statistics.mean",
    "statistics.fmean", "math.fsum", "heapq.nlargest", "heapq.nsmallest", "bisect.bisect", "bisect.bisect_left",
    "bisect.bisect_right", "itertools.accumulate", "itertools.islice",
}  # fmt: skip
"""What takes the numbers one by one: `sorted` and `list` would make a box of each again."""
_NUMBERS = {
    "float", "int", "len", "ord", "round", "abs", "sum", "time.time", "time.perf_counter", "time.monotonic",
    "time.process_time", "random.random", "random.gauss", "random.uniform", "random.randrange", "random.randint",
}  # fmt: skip
_BY_ANY_NAME = ("vars(", "__dict__", "getattr(", "asdict(", "pickle", "deepcopy(")


def as_array(source: Source, line: int, kind: str) -> tuple[Edit, ...]:
    """An array in place of the one list of a line: made there, or filled there and made empty in one place. kind:
    `float` or `int`."""
    typecode = {"float": "d", "int": "q"}.get(kind)
    made = outermost(
        source, line, (ast.ListComp, ast.SetComp, ast.DictComp), lambda source, each: True
    )
    filled = outermost(source, line, (ast.Call,), _fills)
    if typecode is None or len(made) + len(filled) != 1:
        return ()
    if not _gives_numbers(source, (made or filled)[0]):
        return ()
    value = made[0] if made else _made_empty(source, filled[0].func.value)
    places = _places(source, value) if value is not None else ()
    if value is None or not places or not all(_takes_array(source, each) for each in places):
        return ()
    return (edit(source, value, lambda node: _array(typecode, node), "array:array"),)


def _fills(_: Source, node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "extend")


def _gives_numbers(source: Source, node: ast.expr) -> bool:
    """Whether a list is made of what may be numbers, one by one, or one is put in."""
    if isinstance(node, ast.Call):
        is_one = last_name(node.func) == "append" and len(node.args) == 1 and not node.keywords
        return is_one and _may_be_number(source, node.args[0])
    if not isinstance(node, ast.ListComp) or any(each.is_async for each in node.generators):
        return False
    waits = any(
        isinstance(each, (ast.Await, ast.NamedExpr)) or source.called(each) == "next" for each in ast.walk(node)
    )  # fmt: skip
    return not waits and _may_be_number(source, node.elt)


def _may_be_number(source: Source, node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _may_be_number(source, node.left) and _may_be_number(source, node.right)
    if isinstance(node, ast.UnaryOp):
        return not isinstance(node.op, ast.Not) and _may_be_number(source, node.operand)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    if isinstance(node, ast.Call):
        return source.called(node) in _NUMBERS
    return isinstance(node, (ast.Name, ast.Attribute)) or (
        isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice)
    )


def _made_empty(source: Source, place: ast.expr) -> ast.expr | None:
    """The `[]` that a name of a function or a module, or an attribute of self, is bound to, where it is to nothing
    else."""
    if isinstance(place, ast.Name):
        scope = source.scope(place)
        if any(not isinstance(source.parent(each), ast.Assign) for each in source.seen(place)):
            return None
        bound = [
            (node, value) for node, targets, value in source.bindings
            if source.scope(node) is scope
            and any(isinstance(each, ast.Name) and each.id == place.id for each in targets)
        ]  # fmt: skip
    elif is_self_attribute(place) and isinstance(place, ast.Attribute):
        owner = source.class_of(place)
        bound = [
            (node, value) for node, targets, value in source.bindings
            if source.class_of(node) is owner
            and any(is_self_attribute(t) and t.attr == place.attr for t in targets)  # type: ignore[attr-defined]
        ]  # fmt: skip
    else:
        return None
    if len(bound) != 1 or isinstance(bound[0][0], ast.AnnAssign):
        return None
    value = bound[0][1]
    return value if isinstance(value, ast.List) and not value.elts else None


def _places(source: Source, value: ast.expr) -> Sequence[ast.expr]:
    """Where what an expression makes is read; empty where that is not plain to see."""
    above = source.parent(value)
    if not isinstance(above, ast.Assign) or len(above.targets) != 1 or above.value is not value:
        return ()
    target = above.targets[0]
    if isinstance(target, ast.Name):
        reads = source.reads_of(target)
        return reads.reads if reads is not None else ()
    owner = source.class_of(target)
    if not is_self_attribute(target) or owner is None or not isinstance(target, ast.Attribute):
        return ()
    if not is_own(source, target.attr) or any(word in source.text for word in _BY_ANY_NAME):
        return ()
    return [each for each in source.attributes.get(target.attr, ()) if each is not target]


def _takes_array(source: Source, place: ast.expr) -> bool:
    """Whether a use of a list is one of an array as well."""
    above = source.parent(place)
    if isinstance(above, ast.Attribute):
        call = source.parent(above)
        return above.attr in _OF_ARRAYS and isinstance(call, ast.Call) and call.func is above
    if isinstance(above, ast.Call):
        return place in above.args and source.called(above) in _TAKE_ARRAYS
    if isinstance(above, ast.Subscript):
        plain = above.value is place and not isinstance(above.slice, ast.Slice)
        return plain and isinstance(above.ctx, (ast.Load, ast.Store))
    if isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)):
        return above.iter is place
    return isinstance(above, (ast.If, ast.While)) or (
        isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not)
    )


def _array(typecode: str, node: Any) -> Any:
    import libcst as cst

    if isinstance(node, cst.List):
        return cst.parse_expression(f'array("{typecode}")')
    items = cst.GeneratorExp(elt=node.elt, for_in=node.for_in)
    return cst.Call(cst.Name("array"), [cst.Arg(cst.SimpleString(f'"{typecode}"')), cst.Arg(items)])
