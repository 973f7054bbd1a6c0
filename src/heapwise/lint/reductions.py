"""Values that are only reduced: to a sum, a count, a greatest, a histogram, so that parts of them would do."""

from __future__ import annotations

import ast

from heapwise.lint.source import FUNCTIONS, Source, keyword, names_in
from heapwise.lint.uses import Use, all_uses

_ASKED = {"shape", "size", "nbytes", "ndim", "dtype", "dtypes", "columns", "empty"}
_REDUCE = {
    "sum", "mean", "max", "min", "any", "all", "argmax", "argmin", "prod", "count", "count_nonzero", "value_counts",
    "nunique", "std", "var", "norm", "nansum", "nanmean", "nanmax", "nanmin", "amax", "amin", "bincount", "idxmax",
    "idxmin",
}  # fmt: skip
_EACH = {
    "astype", "abs", "absolute", "ravel", "flatten", "reshape", "clip", "round", "exp", "log", "sqrt", "square", "cpu",
    "numpy", "detach", "float", "long", "int", "bool", "to", "eq", "ne", "gt", "lt", "ge", "le", "isna", "isnull",
    "notna", "fillna", "isnan", "isfinite", "isinf", "equal", "not_equal", "greater", "less", "sigmoid", "softmax",
    "asarray", "array", "groupby", "view",
}  # fmt: skip
_MODULES = ("numpy.", "torch.", "math.")
_CALLS = {
    "len", "sum", "max", "min", "any", "all", "collections.Counter", "zlib.crc32", "zlib.adler32", "numpy.linalg.norm",
    "sklearn.metrics.accuracy_score", "sklearn.metrics.confusion_matrix", "sklearn.metrics.mean_squared_error",
    "sklearn.metrics.mean_absolute_error", "sklearn.metrics.zero_one_loss",
}  # fmt: skip
_SAME = {"float", "int", "round", "abs", "bool"}
_DEPTH = 5


def is_only_reduced(source: Source, node: ast.expr, depth: int = _DEPTH) -> bool:
    """Whether all uses of a value come to little of it, part by part, and one looks at more than its length."""
    uses = all_uses(source, node)
    if uses is None:
        uses = _of_binding(source, node)
    if not uses or not depth:
        return False
    places = [use.place for use in uses]
    return all(_is_reduced(source, each, depth) for each in places) and not all(
        _is_asked(source, each) for each in places
    )


def is_reduced(source: Source, place: ast.expr) -> bool:
    """Whether what stands there is reduced, and more is asked than its kind or size."""
    return _is_reduced(source, place, _DEPTH) and not _is_asked(source, place)


def _of_binding(source: Source, node: ast.expr) -> list[Use] | None:
    """The uses of what a name is bound to, where it is something else before or after that."""
    bound = source.parent(node)
    target = bound.targets[0] if isinstance(bound, ast.Assign) else None
    scope = source.scope(node)
    if not isinstance(bound, ast.Assign) or not isinstance(target, ast.Name):
        return None
    if not isinstance(scope, FUNCTIONS) or not _is_in_order(source, bound, scope):
        return None
    first = bound.end_lineno or bound.lineno
    others = [
        each for where, each in source.binders.get(target.id, ())
        if where is scope and each is not target and getattr(each, "lineno", first) >= target.lineno
    ]  # fmt: skip
    after = [source.parent(each) for each in others]
    last = max((read.lineno for read in source.loads.get(target.id, ())), default=first)
    for each in after:
        if not isinstance(each, ast.Assign) or not _is_in_order(source, each, scope):
            return None
        last = min(last, each.end_lineno or each.lineno)
    found: list[Use] = []
    for read in source.loads.get(target.id, ()):
        if not first < read.lineno <= last or scope not in source.around(read):
            continue
        uses = all_uses(source, read) if source.scope(read) is scope else None
        if uses is None:
            return None
        found += uses
    return found


def _is_in_order(source: Source, bound: ast.Assign, scope: ast.AST) -> bool:
    """Whether an assignment to one name is reached once a call, after all that stands above it."""
    above = source.parent(bound)
    while isinstance(above, (ast.With, ast.AsyncWith)):
        above = source.parent(above)
    return above is scope and len(bound.targets) == 1


def _is_asked(source: Source, place: ast.expr) -> bool:
    """Whether only its size, or kind, is asked for."""
    above = source.parent(place)
    if isinstance(above, ast.Attribute):
        return above.attr in _ASKED
    return isinstance(above, ast.Call) and source.dotted(above.func) == "len"


def _is_reduced(source: Source, place: ast.expr, depth: int) -> bool:
    above = source.parent(place)
    if _is_asked(source, place):
        return True
    if isinstance(above, ast.Attribute) and above.value is place:
        call = source.parent(above)
        if not isinstance(call, ast.Call) or call.func is not above:
            return False
        if above.attr in ("agg", "aggregate"):
            return _are_reductions(call)
        if above.attr == "count" and call.args:
            return _is_of_one(call.args[0])  # others may stand across the end of a part
        return above.attr in _REDUCE or (above.attr in _EACH and _goes_on(source, call, depth))
    if isinstance(above, ast.Call) and place in above.args:
        return _is_reduced_by(source, above, place, depth)
    if isinstance(above, ast.Subscript):
        if above.value is not place:
            return _goes_on(source, above, depth)  # a mask of another
        known = _is_column(source, above.slice) or _is_selected(source, above.slice)
        return known and isinstance(above.ctx, ast.Load) and _goes_on(source, above, depth)
    if isinstance(above, ast.Tuple):
        part = source.parent(above)
        by_place = isinstance(part, ast.Subscript) and _is_column(source, above)
        return by_place and _goes_on(source, part, depth)  # type: ignore[arg-type]
    if isinstance(above, ast.Compare):
        others = [each for each in (above.left, *above.comparators) if each is not place]
        plain = not any(
            isinstance(each, (ast.In, ast.NotIn, ast.Is, ast.IsNot)) for each in above.ops
        )
        free = all(_is_free_of(source, each, place) for each in others)
        return plain and free and _goes_on(source, above, depth)
    if isinstance(above, ast.BinOp):
        other = above.right if above.left is place else above.left
        return _is_free_of(source, other, place) and _goes_on(source, above, depth)
    return isinstance(above, ast.UnaryOp) and _goes_on(source, above, depth)


def _are_reductions(call: ast.Call) -> bool:
    """`agg("sum")`, `agg({"price": ["sum", "max"]})`, `agg(total=("price", "sum"))`."""
    given: list[ast.expr] = [*call.args, *(each.value for each in call.keywords)]
    names: list[ast.expr] = []
    while given:
        each = given.pop()
        if isinstance(each, ast.Dict):
            given += each.values
        elif isinstance(each, ast.List):
            given += each.elts
        else:
            names.append(each.elts[-1] if isinstance(each, ast.Tuple) and each.elts else each)
    return bool(names) and all(
        isinstance(each, ast.Constant) and each.value in _REDUCE for each in names
    )


def _is_of_one(asked: ast.expr) -> bool:
    """Whether one character, or byte, or a number is counted."""
    value = asked.value if isinstance(asked, ast.Constant) else None
    return isinstance(value, int) or (isinstance(value, (str, bytes)) and len(value) == 1)


def _goes_on(source: Source, made: ast.expr, depth: int) -> bool:
    """Whether what is made of a value is reduced, there or by its name."""
    above = source.parent(made)
    if isinstance(above, ast.AugAssign):
        return above.value is made and isinstance(above.op, (ast.Add, ast.BitOr, ast.BitAnd))
    if isinstance(above, (ast.Assign, ast.AnnAssign, ast.Return)):
        return is_only_reduced(source, made, depth - 1)
    return depth > 0 and _is_reduced(source, made, depth - 1)


def _is_reduced_by(source: Source, call: ast.Call, place: ast.expr, depth: int) -> bool:
    name = source.dotted(call.func)
    if name in _CALLS:
        return True
    if name.startswith("hashlib."):
        return name != "hashlib.new" or call.args[:1] != [place]
    if name in _SAME:
        return _goes_on(source, call, depth)
    if not name.startswith(_MODULES):
        return False
    own = name.rpartition(".")[2]
    return own in _REDUCE or (own in _EACH and _goes_on(source, call, depth))


def _is_column(source: Source, index: ast.expr) -> bool:
    """Whether one value of every row is taken."""
    if not isinstance(index, ast.Tuple) or len(index.elts) != 2:
        return False
    rows, column = index.elts
    whole = isinstance(rows, ast.Slice) and rows.lower is rows.upper is rows.step is None
    counted = source.called(rows) in ("numpy.arange", "torch.arange", "range")
    return (whole or counted) and not isinstance(column, (ast.Slice, ast.List))


def _is_selected(source: Source, index: ast.expr) -> bool:
    """Whether columns are taken by name, or rows that a mask tells."""
    if isinstance(index, ast.Constant):
        return isinstance(index.value, str)
    if isinstance(index, ast.List):
        return all(
            isinstance(each, ast.Constant) and isinstance(each.value, str) for each in index.elts
        )
    return isinstance(index, (ast.Compare, ast.Name)) and not _is_counted(source, index)


def _is_counted(source: Source, index: ast.expr) -> bool:
    """Whether an index is the number of a row."""
    return isinstance(index, ast.Name) and any(
        isinstance(source.parent(each), (ast.For, ast.comprehension))
        for _, each in source.binders.get(index.id, ())
    )


def _is_free_of(source: Source, other: ast.expr, place: ast.expr) -> bool:
    """Whether an operand needs nothing that a value was reduced to before: that would be a second pass."""
    named = names_in(place)
    scope = source.scope(place)
    waiting = [other]
    seen: set[str] = set()
    while waiting:
        for name in names_in(waiting.pop()) - seen:
            seen.add(name)
            if name in named:
                return False
            waiting += [
                value for statement, targets, value in source.bindings
                if source.scope(statement) is scope and any(name in names_in(each) for each in targets)
                and not _is_by_row(source, value)
            ]  # fmt: skip
    return True


def _is_by_row(source: Source, value: ast.expr) -> bool:
    """Whether each row of a value comes from the same row of what it is made of."""
    if isinstance(value, ast.Subscript):
        return _is_column(source, value.slice)
    if isinstance(value, ast.Call):
        axis = keyword(value, "axis") or keyword(value, "dim")
        last = axis.operand if isinstance(axis, ast.UnaryOp) else axis
        return isinstance(last, ast.Constant) and last.value == 1
    return isinstance(value, ast.Compare) and not any(
        isinstance(n, ast.Call) for n in ast.walk(value)
    )
