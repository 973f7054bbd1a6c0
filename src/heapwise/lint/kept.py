"""Whether code keeps a value that it looks at: stores it, gives it back, or hands it to code that is not in sight."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

from heapwise.lint.calls import called_function, parameter_of
from heapwise.lint.source import FUNCTIONS, Source

Is = Callable[[ast.AST], bool]
_REDUCING = {
    "abs", "all", "any", "bool", "bytes", "float", "format", "hash", "id", "int", "isinstance", "len", "max", "min",
    "print", "range", "repr", "round", "str", "sum", "type", "numpy.sum", "numpy.mean", "numpy.max", "numpy.min",
    "numpy.std", "numpy.var", "numpy.median", "numpy.dot", "numpy.linalg.norm", "numpy.count_nonzero", "json.dump",
    "pickle.dump", "numpy.save", "numpy.savez", "os.path.getsize", "collections.Counter",
}  # fmt: skip
_REDUCING_MODULES = ("math.", "statistics.", "hashlib.", "zlib.")
REDUCING_METHODS = {
    "sum", "mean", "max", "min", "std", "var", "median", "prod", "any", "all", "count", "nunique", "argmax", "argmin",
    "item", "index", "find", "startswith", "endswith", "isdigit", "hexdigest", "nonzero_count", "write", "writerow",
    "writerows", "writelines", "to_csv", "to_parquet", "to_pickle", "to_json", "tofile", "save", "info", "debug",
    "warning", "error",
}  # fmt: skip
_KEEPING = {"append", "add", "appendleft", "insert", "put", "setdefault", "extend", "update"}


def is_reduced(source: Source, call: ast.Call) -> bool:
    """Whether what a call gives back holds nothing of what it is given."""
    name = source.dotted(call.func)
    if name in _REDUCING or name.startswith(_REDUCING_MODULES):
        return True
    return isinstance(call.func, ast.Attribute) and call.func.attr in REDUCING_METHODS


def _only_read(source: Source, call: ast.Call, is_value: Is, depth: int) -> bool:
    """Whether a call hands a value to a function of the module that keeps nothing of it, and gives nothing of it
    back."""
    function, _ = called_function(source, call)
    if function is None or not depth or isinstance(function, ast.AsyncFunctionDef):
        return False
    inner = (*FUNCTIONS, ast.Lambda, ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom)
    if any(isinstance(n, inner) for each in function.body for n in ast.walk(each)):
        return False
    if isinstance(call.func, ast.Attribute) and holds(source, call.func.value, is_value, depth):
        return False  # a method of the value itself
    given = [*call.args, *(each.value for each in call.keywords)]
    taken = [parameter_of(source, each) for each in given if holds(source, each, is_value, depth)]
    names = {each.arg for each in taken if each is not None}

    def is_given(node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)

    return None not in taken and not keeps(source, function.body, is_given, depth=depth - 1)


def holds(source: Source, node: ast.AST | None, is_value: Is, depth: int = 2) -> bool:
    """Whether what an expression comes to may be a value, a part of it, or hold it."""
    if node is None or isinstance(node, (ast.Constant, ast.Compare, ast.JoinedStr)):
        return False
    if is_value(node):
        return True
    if isinstance(node, ast.Call):
        if is_reduced(source, node) or _only_read(source, node, is_value, depth):
            return False
        inner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        given = [*inner, *node.args, *(each.value for each in node.keywords)]
        return any(holds(source, each, is_value, depth) for each in given)
    if isinstance(node, (ast.BinOp, ast.UnaryOp)):
        return False  # a new one; of lists, see what they are added to
    if isinstance(node, ast.Subscript):
        return holds(source, node.value, is_value, depth)
    return any(
        holds(source, each, is_value, depth)
        for each in ast.iter_child_nodes(node)
        if isinstance(each, (ast.expr, ast.comprehension))
    )


def keeps(source: Source, body: Iterable[ast.AST], is_value: Is, *, depth: int = 2) -> bool:
    """Whether some statements keep a value, by whatever name they give it."""
    return next(keeping(source, body, is_value, depth=depth), None) is not None


def keeping(
    source: Source, body: Iterable[ast.AST], is_value: Is, *, depth: int = 2
) -> Iterator[tuple[ast.AST, Is]]:
    """(what keeps a value, what tells the value by all its names) of some statements."""
    nodes = [n for each in body for n in ast.walk(each)]
    names: set[str] = set()

    def known(node: ast.AST) -> bool:
        return is_value(node) or (
            isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
        )

    grown = -1
    while grown != len(names):  # names of names
        grown = len(names)
        for node in nodes:
            names |= _named(source, node, known, depth)
    return ((each, known) for each in nodes if _keeps(source, each, known, depth))


def _named(source: Source, node: ast.AST, is_value: Is, depth: int) -> set[str]:
    """The names that a node binds to a value, or to parts of it."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Match) and holds(source, node.subject, is_value, depth):
        return _captured(node)
    if isinstance(node, ast.Assign) and holds(source, node.value, is_value, depth):
        targets = node.targets
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and holds(
        source, node.value, is_value, depth
    ):
        targets = [node.target]
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        targets = [node.target] if holds(source, node.iter, is_value, depth) else []
    elif isinstance(node, ast.withitem) and holds(source, node.context_expr, is_value, depth):
        targets = [node.optional_vars] if node.optional_vars is not None else []
    return {
        each.id for target in targets for each in ast.walk(target)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }  # fmt: skip


def _captured(node: ast.Match) -> set[str]:
    """The names that the patterns of a `match` bind."""
    patterns = [each for case in node.cases for each in ast.walk(case.pattern)]
    names = {each.name for each in patterns if isinstance(each, (ast.MatchAs, ast.MatchStar))}
    names |= {each.rest for each in patterns if isinstance(each, ast.MatchMapping)}
    return {each for each in names if each is not None}


def _keeps(source: Source, node: ast.AST, is_value: Is, depth: int) -> bool:
    if isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)):
        return holds(source, node.value, is_value, depth)
    if isinstance(node, ast.Assign):
        stored = any(not isinstance(each, ast.Name) for each in node.targets)
        unpacked = all(isinstance(each, (ast.Tuple, ast.List)) for each in node.targets)
        if isinstance(node.value, ast.BinOp) and len(node.targets) == 1:
            added = _added(node.targets[0], node.value)
            return holds(source, added, is_value, depth) and not _is_number(source, node, node.targets[0])  # fmt: skip
        return stored and not unpacked and holds(source, node.value, is_value, depth)
    if isinstance(node, ast.AugAssign):
        return holds(source, node.value, is_value, depth) and not _is_number(source, node, node.target)  # fmt: skip
    if isinstance(node, ast.Lambda):
        return any(is_value(each) for each in ast.walk(node.body))
    if isinstance(node, (ast.ListComp, ast.SetComp)):
        return holds(source, node.elt, is_value, depth)
    if isinstance(node, ast.DictComp):
        return holds(source, node.key, is_value, depth) or holds(
            source, node.value, is_value, depth
        )
    if not isinstance(node, ast.Call) or is_reduced(source, node):
        return False
    given = [*node.args, *(each.value for each in node.keywords)]
    handed = [each for each in given if holds(source, each, is_value, depth)]
    if not handed:
        return False
    if _only_read(source, node, is_value, depth):
        return False
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method in _KEEPING:
        return True
    return not source.dotted(node.func).startswith(("numpy.", "json.", "pandas.", "sorted", "list"))


def _added(target: ast.expr, value: ast.BinOp) -> ast.expr | None:
    """What is added to what a name stands for: `x` of `found = found + x`."""
    if isinstance(value.op, ast.Add) and isinstance(target, ast.Name):
        for here, other in ((value.left, value.right), (value.right, value.left)):
            if isinstance(here, ast.Name) and here.id == target.id:
                return other
    return None


def _is_number(source: Source, node: ast.stmt, target: ast.expr) -> bool:
    """Whether what is added to was bound to a number, or an array, and not to a list or text."""
    if not isinstance(target, ast.Name):
        return False
    scope = source.scope(node)
    values = [
        value for statement, targets, value in source.bindings
        for each in targets
        if isinstance(each, ast.Name) and each.id == target.id
        and statement is not node and source.scope(statement) is scope
    ]  # fmt: skip
    return bool(values) and all(
        (isinstance(each, ast.Constant) and isinstance(each.value, (int, float)))
        or source.called(each).startswith("numpy.")
        for each in values
    )
