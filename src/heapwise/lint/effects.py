"""What code may do besides giving its value: write, fail, stop early. Whatever is not plain to see, it may."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from heapwise.lint.source import COMPREHENSIONS, FunctionNode, Source, parameters

_PURE = {
    "abs", "all", "any", "bin", "bool", "bytearray", "bytes", "chr", "complex", "dict", "divmod", "enumerate", "float",
    "format", "frozenset", "hash", "hex", "int", "isinstance", "issubclass", "len", "list", "max", "min", "oct", "ord",
    "pow", "range", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "zip",
    "json.loads", "json.dumps", "ast.literal_eval", "decimal.Decimal", "fractions.Fraction", "sys.intern",
    "re.match", "re.search", "re.fullmatch", "re.findall", "re.split", "re.sub", "collections.Counter",
}  # fmt: skip
_PURE_MODULES = ("math.", "operator.", "datetime.", "statistics.")
_PURE_METHODS = {
    "split", "rsplit", "splitlines", "partition", "rpartition", "join", "format", "replace", "encode", "decode",
    "find", "rfind", "index", "count", "get", "keys", "values", "items", "copy", "group", "groups", "groupdict",
    "match", "search", "fullmatch", "isoformat", "timestamp", "total_seconds", "hex", "union", "intersection",
    "difference", "astype", "mean", "std", "var", "sum", "min", "max", "reshape", "ravel", "flatten", "tobytes",
    "tolist", "transpose", "dot",
}  # fmt: skip
_SURE_METHODS = {
    "upper", "lower", "title", "capitalize", "casefold", "swapcase", "strip", "lstrip", "rstrip", "startswith",
    "endswith", "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "isnumeric", "isdecimal",
}  # fmt: skip
_SURE = {"str", "repr", "bool", "type", "isinstance", "bytes", "bytearray", "range"}
_FRESH = {"range", "sorted", "list", "tuple", "set", "dict", "frozenset", "os.listdir"}
_FRESH_METHODS = {"keys", "values", "items", "split", "splitlines", "copy"}
_PLAIN = (
    ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.Slice, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare,
    ast.IfExp, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr, ast.FormattedValue, ast.Starred, ast.keyword,
)  # fmt: skip
_DEPTH = 3


def is_pure(source: Source, node: ast.AST, depth: int = _DEPTH) -> bool:
    """Whether an expression gives a value and does nothing else, but perhaps fail. What the module defines itself is
    looked into."""
    if isinstance(node, ast.Call):
        name = source.dotted(node.func)
        if isinstance(node.func, ast.Attribute):
            method = node.func.attr
            known = name in _PURE or name.startswith(_PURE_MODULES)
            if not known and method not in _PURE_METHODS | _SURE_METHODS:
                return False
            inner = () if known else (node.func.value,)
        else:
            if name not in _PURE and not _calls_pure(source, node, depth):
                return False
            inner = ()
        given = [*inner, *node.args, *(each.value for each in node.keywords)]
        return all(
            (isinstance(each, ast.GeneratorExp) and _is_pure_inside(source, each, depth))
            or is_pure(source, each, depth) for each in given
        )  # fmt: skip
    if isinstance(node, COMPREHENSIONS):  # one that waits would be asked later
        return not isinstance(node, ast.GeneratorExp) and _is_pure_inside(source, node, depth)
    return isinstance(node, _PLAIN) and all(is_pure(source, n, depth) for n in _inside(node))


def _is_pure_inside(source: Source, node: ast.AST, depth: int) -> bool:
    return all(
        is_pure(source, each, depth)
        for part in ast.iter_child_nodes(node)
        for each in (_inside(part) if isinstance(part, ast.comprehension) else (part,))
    )


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    skipped = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
    return (each for each in ast.iter_child_nodes(node) if not isinstance(each, skipped))


def _calls_pure(source: Source, call: ast.Call, depth: int) -> bool:
    """Whether it calls a function or class of the module that only gives a value."""
    if not isinstance(call.func, ast.Name) or not depth:
        return False
    named = call.func.id
    bound = sum(isinstance(n.ctx, ast.Store) and n.id == named for n in source.of(ast.Name))
    functions = [each for each in source.functions if each.name == named]
    classes = [each for each in source.of(ast.ClassDef) if each.name == named]
    if bound or len(functions) + len(classes) != 1:
        return False
    if functions:
        return is_pure_function(source, functions[0], depth - 1)
    [owner] = classes
    plain = (ast.FunctionDef, ast.AnnAssign, ast.Assign, ast.Expr, ast.Pass)
    decorated = [source.dotted(getattr(d, "func", d)) for d in owner.decorator_list]
    special = {each.name for each in owner.body if isinstance(each, ast.FunctionDef)}
    if owner.bases or owner.keywords or not all(isinstance(each, plain) for each in owner.body):
        return False
    if {"__new__", "__post_init__", "__del__", "__setattr__"} & special:
        return False
    if any(name != "dataclasses.dataclass" for name in decorated):
        return False
    init = [
        each for each in owner.body
        if isinstance(each, ast.FunctionDef) and each.name == "__init__"
    ]  # fmt: skip
    return all(is_pure_function(source, each, depth - 1, own=True) for each in init)


def is_pure_function(
    source: Source, function: FunctionNode, depth: int = _DEPTH, *, own: bool = False
) -> bool:
    """Whether calling a function writes nothing but its locals. own: attributes of its first parameter are its own."""
    if isinstance(function, ast.AsyncFunctionDef) or function.decorator_list:
        return False
    return all(_is_pure_statement(source, each, depth, own=own) for each in function.body)


def _is_pure_statement(source: Source, node: ast.stmt, depth: int, *, own: bool = False) -> bool:
    if isinstance(node, (ast.Pass, ast.Continue, ast.Break)):
        return True
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        value = node.value or ast.Constant(None)
        return all(_is_local(each, own=own) for each in targets) and is_pure(source, value, depth)
    if isinstance(node, (ast.Return, ast.Expr, ast.Raise, ast.Assert)):
        inner = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
        raised = isinstance(node, ast.Raise)
        return raised or all(is_pure(source, each, depth) for each in inner)
    if isinstance(node, (ast.If, ast.For, ast.While)):
        head = node.iter if isinstance(node, ast.For) else node.test
        named = not isinstance(node, ast.For) or _is_local(node.target)
        body = [*node.body, *node.orelse]
        return (
            named
            and is_pure(source, head, depth)
            and all(_is_pure_statement(source, each, depth, own=own) for each in body)
        )
    return False


def _is_local(target: ast.expr, *, own: bool = False) -> bool:
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(_is_local(each, own=own) for each in target.elts)
    mine = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)
    return isinstance(target, ast.Name) or (own and mine and target.value.id == "self")  # type: ignore[attr-defined]


def cannot_fail(source: Source, node: ast.AST) -> bool:
    """Whether evaluating a pure expression plainly raises nothing, whatever its names stand for."""
    if isinstance(node, ast.Call):
        if _is_array(source, node):
            return True
        sure = source.dotted(node.func) in _SURE and not node.keywords
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        inner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return (sure or method in _SURE_METHODS) and all(
            cannot_fail(source, each) for each in (*inner, *node.args)
        )
    if isinstance(node, ast.Compare):
        kinds = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)
        if not all(isinstance(each, kinds) for each in node.ops):
            return False
    elif isinstance(node, ast.BinOp):
        return _is_array(source, node)
    elif isinstance(node, ast.UnaryOp):
        if not isinstance(node.op, ast.Not):
            return False
    elif isinstance(node, ast.FormattedValue):
        if node.format_spec is not None:
            return False
    elif not isinstance(
        node, (ast.Name, ast.Constant, ast.Tuple, ast.List, ast.BoolOp, ast.IfExp, ast.JoinedStr)
    ):
        return False
    return all(cannot_fail(source, each) for each in _inside(node))


def _is_array(source: Source, node: ast.AST) -> bool:
    """Whether an expression is `x.astype(...)`, or arithmetic with numbers on it, which raises nothing."""
    if isinstance(node, ast.BinOp):
        sides = (node.left, node.right)
        number = [isinstance(n, ast.Constant) and isinstance(n.value, (int, float)) for n in sides]
        plain = isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div))
        arrays = [_is_array(source, each) for each in sides]
        return plain and any(arrays) and all(map(any, zip(number, arrays, strict=True)))
    method = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(method, ast.Attribute)
        and method.attr == "astype"
        and isinstance(method.value, ast.Name)
        and "numpy" in source.imports.values()
    )


def is_fresh(source: Source, iterated: ast.expr) -> bool:
    """Whether an iterable is nobody else's to read on: it does not matter how far it was read."""
    if isinstance(iterated, ast.Call):
        method = iterated.func.attr if isinstance(iterated.func, ast.Attribute) else ""
        known = source.dotted(iterated.func) in _FRESH or method in _FRESH_METHODS
        return known or is_chained_to(
            source, iterated, "numpy."
        )  # arrays can be read any number of times
    if isinstance(iterated, ast.Name):
        function = source.function(iterated)
        bound = [
            n for n in ast.walk(function or ast.Pass())
            if isinstance(n, ast.Name) and n.id == iterated.id and not isinstance(n.ctx, ast.Load)
        ]  # fmt: skip
        made = [value for _, targets, value in source.bindings if targets == bound[:1]]
        return len(bound) == len(made) == 1 and is_fresh(source, made[0])
    kinds = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
    return isinstance(iterated, kinds)


def is_chained_to(source: Source, value: ast.expr, module: str) -> bool:
    """Whether a function of a module gives it, or a method of what that gives: `np.random.default_rng(1).random(n)`.
    module: how the function's name begins."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if source.dotted(value.func).startswith(module):
            return True
        value = value.func.value
    return False


def stops_early(nodes: Iterable[ast.AST]) -> bool:
    """Whether some statements may leave the loop that they stand in."""
    kinds = (ast.Break, ast.Return, ast.Raise, ast.Assert, ast.Yield, ast.YieldFrom)
    return any(isinstance(n, kinds) for each in nodes for n in ast.walk(each))


def writes_locals_alone(source: Source, body: Iterable[ast.stmt]) -> bool:
    """Whether statements, as long as they run, change nothing that outlives the function."""
    return all(_is_pure_statement(source, each, _DEPTH) for each in body)


def leaves_alone(source: Source, function: FunctionNode | None, body: Iterable[ast.stmt]) -> bool:
    """Whether statements change nothing but the function's own names, and containers that it made itself; they may
    print."""
    mine = _own_containers(source, function)
    return all(_leaves(source, each, mine) for each in body)


def _leaves(source: Source, node: ast.stmt, mine: set[str]) -> bool:
    if isinstance(node, (ast.If, ast.For, ast.While)):
        head = node.iter if isinstance(node, ast.For) else node.test
        inner = [*node.body, *node.orelse]
        return is_pure(source, head) and all(_leaves(source, each, mine) for each in inner)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        given = [*call.args, *(each.value for each in call.keywords)]
        place = call.func.value if isinstance(call.func, ast.Attribute) else None
        known = source.dotted(call.func) == "print" or (
            isinstance(place, ast.Name) and place.id in mine
        )
        if known and all(is_pure(source, each) for each in given):
            return True
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if all(_is_mine(each, mine) for each in targets) and is_pure(source, node.value):
            return True
    return _is_pure_statement(source, node, _DEPTH)


def _is_mine(target: ast.expr, mine: set[str]) -> bool:
    return (
        isinstance(target, ast.Subscript)
        and isinstance(target.value, ast.Name)
        and target.value.id in mine
    )


def _own_containers(source: Source, function: FunctionNode | None) -> set[str]:
    """Names that are bound once, to a container that is made there and empty."""
    if function is None:
        return set()
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]  # fmt: skip
    kinds = (ast.Global, ast.Nonlocal)
    outer = {name for n in ast.walk(function) if isinstance(n, kinds) for name in n.names}
    outer |= {each.arg for each in parameters(function)}
    return {
        target.id
        for node, targets, value in source.bindings
        if source.function(node) is function and _is_empty(source, value)
        for target in targets
        if isinstance(target, ast.Name) and stored.count(target.id) == 1 and target.id not in outer
    }


def _is_empty(source: Source, value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        made = ("list", "dict", "set", "collections.Counter", "collections.defaultdict")
        return source.dotted(value.func) in made and len(value.args) <= 1
    return (isinstance(value, (ast.List, ast.Set)) and not value.elts) or (
        isinstance(value, ast.Dict) and not value.keys
    )  # fmt: skip


def writes_outer(source: Source, loop: ast.For) -> bool:
    """Whether a loop binds names that functions besides its own may read."""
    function = source.function(loop)
    if function is not None:
        kinds = (ast.Global, ast.Nonlocal)
        return any(isinstance(n, kinds) for n in ast.walk(function))
    stored = {n.id for n in ast.walk(loop) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}  # fmt: skip
    return any(
        source.function(read) is not None for name in stored for read in source.loads.get(name, ())
    )


def is_guarded(source: Source, node: ast.AST) -> bool:
    """Whether the function goes on when a node fails: what it did until then is seen."""
    kinds = (ast.Try, ast.TryStar, ast.With, ast.AsyncWith)
    for each in source.around(node):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        if isinstance(each, kinds):
            return True
    return False


def is_quiet(source: Source, function: FunctionNode) -> bool:
    """Whether calling a function once more, whatever decorates it, would write nothing but its locals."""
    if isinstance(function, ast.AsyncFunctionDef):
        return False
    return all(_is_pure_statement(source, each, _DEPTH) for each in function.body)


def gives_the_same(source: Source, function: FunctionNode) -> bool:
    """Whether a function gives equal, unchangeable values for equal arguments, by its parameters alone."""
    taken = {each.arg for each in parameters(function)}
    names = {n.id for each in function.body for n in ast.walk(each) if isinstance(n, ast.Name)}
    stored = {
        n.id for each in function.body for n in ast.walk(each)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }  # fmt: skip
    returned = [
        n.value for each in function.body for n in ast.walk(each) if isinstance(n, ast.Return)
    ]
    known = taken | stored | (_PURE - {each.name for each in source.functions})
    return (
        names <= known
        and is_quiet(source, function)
        and all(each is None or _is_value(source, each, taken - stored) for each in returned)
    )


def _is_value(source: Source, node: ast.expr, taken: set[str]) -> bool:
    """Whether an expression gives what nobody can change."""
    if isinstance(node, (ast.Constant, ast.JoinedStr, ast.Compare)):
        return True
    if isinstance(node, ast.Name):
        return node.id in taken  # as it was given: it is hashable
    if isinstance(node, ast.Call):
        gives = (
            "len",
            "str",
            "int",
            "float",
            "bool",
            "round",
            "abs",
            "sum",
            "hash",
            "ord",
            "chr",
            "repr",
        )
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        return source.dotted(node.func) in gives or method in _SURE_METHODS
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.IfExp)):
        inner = (each for each in _inside(node) if isinstance(each, ast.expr))
        return all(_is_value(source, each, taken) for each in inner)
    return False
