"""HW728: the whole is made, and a part of it is taken.

`sparse.toarray()[row]` makes every zero of a matrix, `np.linalg.svd(a)` a square matrix as high as `a` is, of which the
first columns are read, `np.outer(a, b).sum()` all products, `pd.get_dummies(column).sum()` a column a value,
`column.str.split("/", expand=True)[0]` all parts of each text, and
`np.abs(a[:, None] - b[None, :]).argmin(axis=1)` all differences of all pairs, and again for each step.

What to do: take the part first (`sparse[row].toarray()`); `full_matrices=False`, `compute_uv=False`, `mode="reduced"`;
`a.sum() * b.sum()`; `column.value_counts()`; `column.str.partition("/")[0]`, `str.extract`; for pairs blocks of rows,
`scipy.spatial.distance.cdist`, or `(a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T`. Costs: a loop over the
blocks, where there is no such call. Said only where a recording tells how much it is. Clean: wholes that are used as
wholes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.pairs import reduced_pairs
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import used_at
from heapwise.lint.source import COMPREHENSIONS, Source, is_true, keyword

CODE = "HW728"
TITLE = "the whole is made for a part of it"
SIZED = True
NEEDS = (
    "toarray",
    "todense",
    "svd",
    "qr(",
    "outer(",
    "get_dummies",
    "str.split",
    "str.rsplit",
    ":, None",
    "[None",
    "newaxis",
)
_SVD = {"numpy.linalg.svd", "scipy.linalg.svd"}
_QR = {"numpy.linalg.qr"}
_SUMS = {"sum", "mean"}
_PARTS = {"getrow", "getcol", "diagonal"}
_MADE_OF_EACH = {"transform", "fit_transform", "predict_proba"}


def look(source: Source) -> Iterator[Hit]:
    """Each of the kinds that the page names."""
    for call in source.of(ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        name = source.dotted(call.func)
        if method in ("toarray", "todense") and not name.startswith(("numpy.", "scipy.")):
            yield from _of_sparse(source, call)
        elif name in _SVD or name in _QR:
            yield from _of_factors(source, call)
        elif name == "numpy.outer" and _is_summed(source, call):
            yield hit(
                source, call, CODE, TITLE, f"all products of {shown(call)} are made to be summed up",
                saves=Saves.WHOLE, fix="a.sum() * b.sum()",
            )  # fmt: skip
        elif method in ("split", "rsplit") and _is_of_texts(call) and _takes_one(source, call):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} makes all parts of each text, and one of them is read",
                saves=Saves.WHOLE, fix="column.str.partition(separator)[0], or column.str.extract(pattern)",
            )  # fmt: skip
        elif name == "pandas.get_dummies" and _is_counted(source, call):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} is a column a value, and only their sums are read",
                saves=Saves.WHOLE, fix="value_counts(), of a column",
            )  # fmt: skip
    for difference, lines, is_small in reduced_pairs(source):
        yield hit(
            source, difference, CODE, TITLE, f"{shown(difference)} is made of all pairs, and reduced at once",
            saves=Saves.WHOLE if is_small else Saves.TEMPORARIES, also=lines,
            fix="blocks of rows; scipy.spatial.distance.cdist; (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T",
        )  # fmt: skip


def _is_part(source: Source, node: ast.expr, depth: int = 3) -> bool:
    """Whether what becomes dense is a part already: `matrix[i]`, `matrix.getrow(i)`, `vectorizer.transform([text])`."""
    if isinstance(node, ast.Subscript):
        return not (isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        given = node.args[0] if node.args else None
        one = isinstance(given, (ast.List, ast.Tuple)) and len(given.elts) == 1
        return node.func.attr in _PARTS or (one and node.func.attr in _MADE_OF_EACH)
    if not isinstance(node, ast.Name) or not depth:
        return False
    made = [
        value for statement, targets, value in source.bindings
        if source.function(statement) is source.function(node)
        and any(isinstance(each, ast.Name) and each.id == node.id for each in targets)
    ]  # fmt: skip
    return any(_is_part(source, each, depth - 1) for each in made)


def _of_sparse(source: Source, call: ast.Call) -> Iterator[Hit]:
    if isinstance(call.func, ast.Attribute) and _is_part(source, call.func.value):
        return
    place = used_at(source, call)
    above = source.parent(place) if place is not None else None
    if not isinstance(above, ast.Subscript) or not isinstance(above.ctx, ast.Load):
        return
    if above.value is place and _is_small(source, above.slice):
        part = ast.unparse(above.slice).strip("()")
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} makes the whole, and [{part}] of it is read",
            saves=Saves.WHOLE, fix="take the part before it is made dense: matrix[part].toarray()",
        )  # fmt: skip


def _is_of_texts(call: ast.Call) -> bool:
    """`column.str.split(separator)` without a bound of how often."""
    column = call.func.value if isinstance(call.func, ast.Attribute) else None
    is_bounded = len(call.args) > 1 or keyword(call, "n") is not None
    return isinstance(column, ast.Attribute) and column.attr == "str" and not is_bounded


def _takes_one(source: Source, call: ast.Call) -> bool:
    """Whether of the parts one is read, of all texts: `[0]` of columns, `.str[0]` of lists."""
    place = used_at(source, call)
    above = source.parent(place) if place is not None else None
    if not is_true(keyword(call, "expand")):
        is_of_lists = isinstance(above, ast.Attribute) and above.attr == "str"
        place, above = above, source.parent(above) if is_of_lists and above is not None else None  # type: ignore[assignment]
    if not isinstance(above, ast.Subscript) or above.value is not place:
        return False
    return isinstance(above.slice, ast.Constant) and isinstance(above.slice.value, int)


def _is_small(source: Source, index: ast.expr) -> bool:
    """Whether it takes one row, column or value, or a slice that ends at a constant."""
    if isinstance(index, ast.Tuple):
        return any(_is_small(source, each) for each in index.elts)
    if isinstance(index, ast.UnaryOp):
        index = index.operand
    if isinstance(index, ast.Slice):
        return isinstance(index.upper, ast.Constant) and index.upper.value is not None
    if isinstance(index, ast.Name):
        return any(
            isinstance(each, (ast.For, ast.comprehension, *COMPREHENSIONS))
            and _binds(each, index.id)
            for each in source.around(index)
        )
    return isinstance(index, ast.Constant) and isinstance(index.value, int)


def _binds(loop: ast.AST, name: str) -> bool:
    """Whether a loop counts by a name: over a range, or what is enumerated."""
    for each in getattr(loop, "generators", [loop]):
        target, counted = each.target, each.iter
        function = getattr(getattr(counted, "func", None), "id", "")
        if function == "enumerate" and isinstance(target, ast.Tuple):
            target = target.elts[0]
        elif function != "range":
            continue
        if isinstance(target, ast.Name) and target.id == name:
            return True
    return False


def _is_summed(source: Source, call: ast.Call) -> bool:
    above = source.parent(call)
    if isinstance(above, ast.Attribute):
        end = source.parent(above)
        called = isinstance(end, ast.Call) and end.func is above
        return (
            called
            and above.attr in _SUMS
            and not getattr(end, "args", ())
            and not getattr(end, "keywords", ())
        )
    return (
        isinstance(above, ast.Call)
        and source.dotted(above.func) == "numpy.sum"
        and above.args == [call]
        and (not above.keywords)
    )


def _is_counted(source: Source, call: ast.Call) -> bool:
    """Whether the columns that are made are summed up at once, there or by their one name."""
    if len(call.args) != 1 or call.keywords:
        return False
    use = used_at(source, call)
    above = source.parent(use) if use is not None else None
    end = source.parent(above) if isinstance(above, ast.Attribute) else None
    plain = isinstance(end, ast.Call) and not end.args and not end.keywords
    return plain and above.attr in _SUMS  # type: ignore[union-attr]


def _of_factors(source: Source, call: ast.Call) -> Iterator[Hit]:
    """Decompositions of which a part is read."""
    above = source.parent(call)
    is_svd = source.dotted(call.func) in _SVD
    if (
        isinstance(above, ast.Subscript)
        and is_svd
        and isinstance(above.slice, ast.Constant)
        and _is_on(call, "compute_uv")
    ):
        if above.slice.value == 1:
            yield _only_values(source, call)
        return
    if not isinstance(above, ast.Assign) or not isinstance(target := above.targets[0], ast.Tuple):
        return
    names = [each.id for each in target.elts if isinstance(each, ast.Name)]
    function = source.function(call)
    if len(names) != len(target.elts) or function is None or len(names) != (3 if is_svd else 2):
        return
    inside = {id(n) for n in ast.walk(function)}
    reads = {
        name: [each for each in source.loads.get(name, ()) if id(each) in inside] for name in names
    }
    kinds = (ast.Global, ast.Nonlocal)
    if any(isinstance(n, kinds) and set(names) & set(n.names) for n in ast.walk(function)):
        return
    left, right = reads[names[0]], reads[names[-1]]
    if len(set(names)) == len(names) - 1 or not (left or right):
        left, right = (reads[n] if names.count(n) == 1 else [] for n in (names[0], names[-1]))
    if is_svd and not left and not right and reads[names[1]] and _is_on(call, "compute_uv"):
        yield _only_values(source, call)
    elif (is_svd and _is_on(call, "full_matrices")) or (not is_svd and _is_complete(call)):
        parts = [*((each, 1) for each in left), *((each, 0) for each in right)]
        lines = _made_at(source, call)
        if parts and lines and all(_is_first(source, each, axis) for each, axis in parts):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} makes square matrices, whose first columns or rows are read",
                saves=Saves.SQUARES, also=lines, fix="full_matrices=False" if is_svd else 'mode="reduced"',
            )  # fmt: skip


def _only_values(source: Source, call: ast.Call) -> Hit:
    return hit(
        source, call, CODE, TITLE, f"of {shown(call)} only the singular values are read",
        saves=Saves.VALUES, also=_made_at(source, call), fix="compute_uv=False",
    )  # fmt: skip


def _is_on(call: ast.Call, name: str) -> bool:
    """Whether an option that is on by default is so."""
    at = {"full_matrices": 1, "compute_uv": 2}[name]
    given = keyword(call, name) or (call.args[at] if len(call.args) > at else None)
    return given is None or is_true(given)


def _is_complete(call: ast.Call) -> bool:
    given = keyword(call, "mode") or (call.args[1] if len(call.args) > 1 else None)
    return isinstance(given, ast.Constant) and given.value == "complete"


def _is_first(source: Source, use: ast.Name, axis: int) -> bool:
    """Whether the first of the columns (axis 1) or rows (axis 0) are taken, or one of the first by its number."""
    above = source.parent(use)
    if not isinstance(above, ast.Subscript) or above.value is not use:
        return False
    parts = above.slice.elts if isinstance(above.slice, ast.Tuple) else [above.slice]
    if len(parts) <= axis:
        return False
    part = parts[axis]
    if isinstance(part, ast.Slice):
        return (
            part.lower is None
            and part.upper is not None
            and not isinstance(part.upper, ast.UnaryOp)
        )
    return isinstance(part, ast.Constant) and isinstance(part.value, int)


def _made_at(source: Source, call: ast.Call) -> tuple[int, ...]:
    """The lines of the function that bind the local that is decomposed."""
    given = call.args[0] if call.args else None
    if not isinstance(given, ast.Name):
        return ()
    return tuple(sorted({
        line
        for statement, targets, _ in source.bindings
        if source.function(statement) is source.function(call)
        and any(isinstance(each, ast.Name) and each.id == given.id for each in targets)
        for line in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
    }))  # fmt: skip
