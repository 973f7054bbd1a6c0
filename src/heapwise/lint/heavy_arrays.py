"""Calls of NumPy and SciPy that make whole what is used thin, or keep all steps where the last is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.calls import call_sites
from heapwise.lint.diagonals import DIAGONALS as _DIAGONALS
from heapwise.lint.diagonals import TOEPLITZ, diagonal, toeplitz
from heapwise.lint.heavy import Heavy
from heapwise.lint.rule import Saves, shown
from heapwise.lint.source import FUNCTIONS, Source, is_true, keyword
from heapwise.lint.uses import Use, all_uses, uses_of_target

NEEDS = (
    "meshgrid",
    "mgrid",
    "indices",
    "todok",
    "dok_matrix",
    "dok_array",
    "solve_ivp",
    "odeint",
    "vectorize",
    "diag",
    "toeplitz",
    "return_cov",
    "frompyfunc",
    "array([",
    "query_ball_point",
    "query_pairs",
    "tile(",
    "repeat(",
    "product(",
    "linalg",
    "squareform",
)
_ELEMENTWISE = frozenset(
    f"numpy.{name}" for name in (
        "abs", "add", "arctan2", "cos", "divide", "exp", "hypot", "log", "maximum", "minimum", "mod", "multiply",
        "power", "sin", "sinc", "sqrt", "square", "subtract", "tan", "tanh", "where",
    )
)  # fmt: skip
_TILES = {"numpy.tile", "numpy.repeat"}
_OF_SOLUTION = {"success", "status", "message", "nfev", "njev", "nlu", "t_events", "y_events"}
_OF_LISTS = {"numpy.array", "numpy.asarray"}
_BY_VALUE = {"numpy.vectorize", "numpy.frompyfunc"}
_SOLVERS = {"scipy.integrate.solve_ivp", "scipy.integrate.odeint"}
_KEYED = {f"scipy.sparse.{name}" for name in ("dok_matrix", "dok_array")}
_OF_KEYED = {"nnz", "shape", "dtype"}


def heavy_arrays(source: Source) -> Iterator[Heavy]:
    """Those of a file."""
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in ("numpy.meshgrid", "numpy.indices"):
            given = [each.arg for each in call.keywords]
            if not {"sparse", "copy", None} & set(given):
                yield from _of_planes(
                    source, call, f"{name.replace('numpy', 'np')}(..., sparse=True)"
                )
        elif name in _SOLVERS:
            yield from _of_steps(source, call, name.rpartition(".")[2])
        elif (method == "todok" and not call.args) or name in _KEYED:
            yield from _of_keyed(source, call)
        elif name in _OF_LISTS and call.args and isinstance(call.args[0], ast.ListComp):
            yield from _of_numbers(source, call, call.args[0])
        elif name in _DIAGONALS and len(call.args) == 1:
            yield from diagonal(source, call)
        elif name in TOEPLITZ:
            yield from toeplitz(source, call)
        elif method == "predict" and is_true(keyword(call, "return_cov")):
            yield from _of_covariance(source, call)
        elif method == "query_pairs" and keyword(call, "output_type") is None:
            yield Heavy(
                call, f"{shown(call)} makes a tuple of two numbers for each pair",
                'output_type="ndarray", and np.add.at or np.bincount', Saves.PACKED,
            )  # fmt: skip
        elif name in _TILES and _is_only_broadcast(source, call):
            yield Heavy(
                call, f"{shown(call)} repeats what NumPy would repeat by itself",
                "the row itself, or row[:, None]: broadcasting makes no copies", Saves.WHOLE,
            )  # fmt: skip
        elif name == "itertools.product" and any(_is_long(source, each) for each in call.args):
            yield Heavy(
                call, f"{shown(call)} lists each of its arguments before the first pair",
                "nested for loops over the same", Saves.WHOLE,
            )  # fmt: skip
        elif name == "scipy.sparse.linalg.inv" and _is_only_multiplied(source, call):
            yield Heavy(
                call, f"{shown(call)} fills in the zeros of a sparse matrix, to be multiplied",
                "solve = scipy.sparse.linalg.splu(matrix).solve, once, and solve(x) for each x", Saves.WHOLE,
            )  # fmt: skip
        elif name == "scipy.spatial.distance.squareform" and _is_asked_for_pairs(source, call):
            yield Heavy(
                call, f"{shown(call)} has each distance twice, of which single ones are read",
                "pdist's own row: far[n * i - i * (i + 3) // 2 + j - 1] for i < j", Saves.LARGEST,
            )  # fmt: skip
        elif method == "query_ball_point" and keyword(call, "return_length") is None:
            yield from _of_neighbours(source, call)
        elif _is_vectorized(source, call):
            yield Heavy(
                call, f"{shown(call)} calls a function for each, and makes objects of all values and results",
                "expressions of whole arrays: np.where, np.select, np.digitize", Saves.THIN,
                tuple(range(call.lineno, (call.end_lineno or call.lineno) + 1)), _called_for_each(source, call),
            )  # fmt: skip
    for place in source.of(ast.Subscript):
        if source.dotted(place.value) == "numpy.mgrid":
            yield from _of_planes(source, place, "np.ogrid[...]")


def _is_asked_for_pairs(source: Source, call: ast.Call) -> bool:
    """Whether of a square of distances single ones are read, `far[i, j]`."""
    uses = all_uses(source, call, told=True)
    above = [source.parent(use.place) for use in uses or ()]
    return bool(uses) and all(
        isinstance(each, ast.Subscript)
        and isinstance(each.slice, ast.Tuple)
        and len(each.slice.elts) == 2
        and not any(isinstance(n, (ast.Slice, ast.Constant)) for n in each.slice.elts)
        and isinstance(each.ctx, ast.Load)
        for each in above
    )


def _is_only_multiplied(source: Source, call: ast.Call) -> bool:
    """Whether the name that a matrix has is only multiplied by something, or given back."""
    above = source.parent(call)
    if isinstance(above, ast.BinOp):
        return isinstance(above.op, ast.MatMult) and above.left is call
    target = above.targets[0] if isinstance(above, ast.Assign) else None
    found = source.reads_of(target) if isinstance(target, ast.Name) else None
    above_reads = [source.parent(each) for each in found.reads] if found is not None else []
    products = [
        each for each in above_reads
        if (isinstance(each, ast.BinOp) and isinstance(each.op, ast.MatMult))
        or (isinstance(each, ast.Attribute) and each.attr in ("dot", "shape"))
    ]  # fmt: skip
    others = [each for each in above_reads if each not in products]
    return bool(products) and all(isinstance(each, (ast.Return, ast.Tuple)) for each in others)


def _of_covariance(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """`mean, covariance = model.predict(points, return_cov=True)`, of which the diagonal is looked at."""
    above = source.parent(call)
    target = above.targets[0] if isinstance(above, ast.Assign) and len(above.targets) == 1 else None
    if not isinstance(target, ast.Tuple) or len(target.elts) != 2:
        return
    uses = uses_of_target(source, target.elts[1])
    if uses and all(_is_of_diagonal(source, use.place) for use in uses):
        yield Heavy(
            call, f"{shown(call)} makes the covariance of each point with each, of which the diagonal is read",
            "return_std=True", Saves.BLOCKS,
        )  # fmt: skip


def _is_of_diagonal(source: Source, place: ast.expr) -> bool:
    above = source.parent(place)
    if isinstance(above, ast.Attribute):
        return above.attr == "diagonal"
    return isinstance(above, ast.Call) and source.dotted(above.func) in (
        "numpy.diag",
        "numpy.diagonal",
    )


def _is_only_broadcast(source: Source, call: ast.Call) -> bool:
    """Whether what repeats rows or columns is only worked with, element by element, beside another array."""
    uses = all_uses(source, call) or []
    return bool(uses) and all(
        isinstance(above := source.parent(use.place), (ast.BinOp, ast.Compare))
        or (isinstance(above, ast.AugAssign) and above.value is use.place)
        or (isinstance(above, ast.Call) and source.dotted(above.func) in _ELEMENTWISE)
        for use in uses
    )


def _is_long(source: Source, node: ast.expr) -> bool:
    """Whether it is a range, or a name of one, or of a parameter."""
    if isinstance(node, ast.Name):
        bound = [source.parent(each) for each in source.seen(node) if not isinstance(each, ast.arg)]
        return all(isinstance(each, ast.Assign) and _is_long(source, each.value) for each in bound)
    return source.called(node) == "range"


def _of_neighbours(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """Lists of neighbours, of which only how many they are is asked."""
    uses = all_uses(source, call) or []
    loops = [source.parent(use.place) for use in uses]
    targets = [
        each.target for each, use in zip(loops, uses, strict=True)
        if isinstance(each, (ast.For, ast.comprehension)) and each.iter is use.place
    ]  # fmt: skip
    counted = [
        source.called(source.parent(use.place)) == "len"
        for target in targets for use in uses_of_target(source, target) or ()
    ]  # fmt: skip
    if counted and all(counted) and len(targets) == len(uses):
        yield Heavy(
            call, f"{shown(call)} makes a list of numbers for each point, to be counted", "return_length=True",
            Saves.WHOLE,
        )  # fmt: skip


def _is_vectorized(source: Source, call: ast.Call) -> bool:
    """Whether it calls what `np.vectorize(f)` gave."""
    made = _vectorized(source, call)
    return bool(made) and all(source.called(each) in _BY_VALUE for each in made)


def _vectorized(source: Source, call: ast.Call) -> list[ast.expr]:
    """What made that which is called."""
    if isinstance(call.func, ast.Call):
        return [call.func]
    if not isinstance(call.func, ast.Name):
        return []
    bound = (source.parent(each) for each in source.seen(call.func))
    return [each.value for each in bound if isinstance(each, ast.Assign)]


def _called_for_each(source: Source, call: ast.Call) -> tuple[tuple[int, int], ...]:
    """The lines of the functions that are called for each value, and make the results."""
    given = (
        each.args[0]
        for each in _vectorized(source, call)
        if isinstance(each, ast.Call) and each.args
    )
    found: set[tuple[int, int]] = set()
    for each in given:
        if isinstance(each, ast.Lambda):
            found.add((each.lineno, each.end_lineno or each.lineno))
        elif isinstance(each, ast.Name):
            functions = (n for n in source.seen(each) if isinstance(n, FUNCTIONS))
            found |= {(n.lineno, n.end_lineno or n.lineno) for n in functions}
    return tuple(sorted(found))


def _of_numbers(source: Source, call: ast.Call, made: ast.ListComp) -> Iterator[Heavy]:
    """`np.array([float(x) for x in rows])`: a list of numbers that becomes an array of one axis."""
    item = made.elt
    number = source.called(item) in ("float", "int", "len", "ord") or (
        isinstance(item, ast.BinOp) and any(_is_number(source, each) for each in (item.left, item.right))
    )  # fmt: skip
    if number and not any(each.is_async for each in made.generators):
        yield Heavy(
            call, f"{shown(call)} makes a list of numbers, and the array of that",
            "np.fromiter((... for ...), dtype), with count= where it is known", Saves.THIN,
            tuple(range(call.lineno, (call.end_lineno or call.lineno) + 1)),
        )  # fmt: skip


def _is_number(source: Source, node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_number(source, node.left) or _is_number(source, node.right)
    of_text = source.called(node) in ("float", "int", "len")
    return of_text or (isinstance(node, ast.Constant) and isinstance(node.value, float))


def _of_planes(source: Source, node: ast.expr, fix: str) -> Iterator[Heavy]:
    """Coordinates of every point, which expressions bring together: those of each axis would broadcast."""
    lines: set[int] = set()
    targets = _taken_apart(source, node)
    if not targets or not all(_come_together(source, each, lines) for each in targets):
        return
    lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    yield Heavy(
        node, f"{shown(node)} makes every point's coordinates, and expressions bring the axes together", fix,
        Saves.THIN, tuple(sorted(lines)),
    )  # fmt: skip


def _taken_apart(source: Source, node: ast.expr) -> list[ast.Tuple]:
    """The tuples of names that all it gives is bound to, here or where the function that gives it back is called;
    empty where some of it goes elsewhere."""
    above = source.parent(node)
    if isinstance(above, ast.Return):
        function = source.scope(node)
        sites = call_sites(source, function).sites if isinstance(function, FUNCTIONS) else []
        found = [each for site in sites for each in _taken_apart(source, site)]
        return found if len(found) == len(sites) else []
    if not isinstance(above, ast.Assign) or len(above.targets) != 1:
        return []
    [target] = above.targets
    plain = isinstance(target, ast.Tuple) and all(isinstance(e, ast.Name) for e in target.elts)
    return [target] if plain and len(target.elts) > 1 else []  # type: ignore[attr-defined,list-item]


def _come_together(source: Source, target: ast.Tuple, lines: set[int]) -> bool:
    """Whether every expression that reads one of some names reads all, element by element. lines: where those stand,
    to be filled."""
    read: dict[ast.expr, set[int]] = {}
    for number, name in enumerate(target.elts):
        uses = uses_of_target(source, name)
        if not uses:
            return False
        for use in uses:
            whole = _whole(source, use.place)
            read.setdefault(whole, set()).add(number)
            lines |= set(range(whole.lineno, (whole.end_lineno or whole.lineno) + 1))
    return all(len(numbers) == len(target.elts) for numbers in read.values())


def _whole(source: Source, place: ast.expr) -> ast.expr:
    """The largest expression around a value that works on it element by element."""
    while True:
        above = source.parent(place)
        plain = isinstance(above, (ast.BinOp, ast.UnaryOp, ast.Compare)) or (
            isinstance(above, ast.Call) and place in above.args and source.dotted(above.func) in _ELEMENTWISE
        )  # fmt: skip
        if not plain or not isinstance(above, ast.expr):
            return place
        if isinstance(above, ast.BinOp) and isinstance(above.op, ast.MatMult):
            return place
        place = above


def _of_steps(source: Source, call: ast.Call, name: str) -> Iterator[Heavy]:
    """The states of all steps, of which the last is used."""
    given = {each.arg for each in call.keywords}
    uses = all_uses(source, call) or []
    if None in given or not uses:
        return
    if name == "odeint":
        last = all(_is_last(source, use.place, 0) for use in uses)
        fix = "odeint(f, y0, [t[0], t[-1]])"
    else:
        last = (
            not {"t_eval", "dense_output"} & given
            and len(call.args) <= 4
            and _is_of_end(source, uses)
        )
        fix = "t_eval=[end]"
    if last:
        yield Heavy(
            call, "the states of all steps are kept, and the last is used", fix, Saves.BLOCKS
        )


def _is_of_end(source: Source, uses: list[Use]) -> bool:
    """Whether of a solution the last state is read, and nothing of the others."""
    states = 0
    for use in uses:
        above = source.parent(use.place)
        if not isinstance(above, ast.Attribute) or above.attr not in {"y", "t", *_OF_SOLUTION}:
            return False
        states += above.attr == "y"
        if above.attr in ("y", "t") and not _is_last(source, above, 1 if above.attr == "y" else 0):
            return False
    return states > 0


def _is_last(source: Source, node: ast.expr, axis: int) -> bool:
    """`t[-1]` of the first axis; `y[:, -1]`, `y[0, -1]`, `y[0][-1]`, `y.T[-1]` of the second."""
    above = source.parent(node)
    if isinstance(above, ast.Attribute) and above.attr == "T" and axis:
        return _is_last(source, above, 0)
    if not isinstance(above, ast.Subscript) or above.value is not node:
        return False
    parts = above.slice.elts if isinstance(above.slice, ast.Tuple) else [above.slice]
    if any(isinstance(each, ast.Constant) and each.value is ... for each in parts):
        return axis == 1 and len(parts) == 2 and _is_minus_one(parts[1])
    if len(parts) > axis:
        return _is_minus_one(parts[axis])
    whole_first = isinstance(parts[0], (ast.Constant, ast.Name, ast.UnaryOp))
    return whole_first and _is_last(source, above, axis - 1)


def _is_minus_one(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and ast.unparse(node) == "-1"


def _of_keyed(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """A sparse matrix that becomes a dict, to be gone through."""
    uses = all_uses(source, call) or []
    made = [*call.args, *(each.value for each in call.keywords if each.arg == "shape")]
    if made and (keyword(call, "shape") is not None or isinstance(made[0], ast.Tuple)):
        return  # an empty one, to be filled
    read = 0
    for use in uses:
        above = source.parent(use.place)
        outer = source.parent(above) if isinstance(above, ast.Attribute) else None
        if not isinstance(above, ast.Attribute):
            return
        items = above.attr in ("items", "keys", "values") and isinstance(outer, ast.Call)
        loop = source.parent(outer) if items and outer is not None else None
        if isinstance(loop, (ast.For, ast.comprehension)) and loop.iter is outer:
            read += 1
        elif above.attr not in _OF_KEYED:
            return
    if read:
        yield Heavy(
            call, f"{shown(call)} makes a tuple and numbers of each entry, to be gone through",
            "m = ....tocoo(); zip(m.row, m.col, m.data)", Saves.WHOLE,
        )  # fmt: skip
