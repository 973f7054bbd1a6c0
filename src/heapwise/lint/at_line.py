"""Changes at a line that objects of the heap, and not the source alone, show to be at fault. None of them is surely
safe: whoever makes one runs the program before and after."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Any

from heapwise.analyze.statement import last_name
from heapwise.lint.growing import FILLS, is_container
from heapwise.lint.hw510_defaultdict_reads import defaultdicts, home_of, key_of
from heapwise.lint.hw715_smart_strings import needs_smart_strings, with_plain_strings
from heapwise.lint.rule import Edit, edit
from heapwise.lint.source import Source, is_self_attribute, keyword

_TEXT_METHODS = {
    "lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize", "casefold", "swapcase", "replace", "format",
    "join", "decode", "removeprefix", "removesuffix", "zfill", "ljust", "rjust", "center", "translate", "hex",
    "isoformat", "strftime",
}  # fmt: skip
"""Methods that make one text."""
_OF_ARRAYS = {"append", "extend", "insert", "pop", "reverse"}
"""What arrays have of the methods of lists, and do the same: a number that is found again is another object, and one
that is not equal to itself is not found."""
_TAKE_ARRAYS = {
    "len", "sum", "min", "max", "iter", "enumerate", "zip", "reversed", "any", "all", "map", "filter", "numpy.array",
    "numpy.asarray", "numpy.mean", "numpy.median", "numpy.std", "numpy.sum", "numpy.percentile", "numpy.quantile",
    "statistics.mean", "statistics.fmean", "math.fsum", "heapq.nlargest", "heapq.nsmallest", "bisect.bisect",
    "bisect.bisect_left", "bisect.bisect_right", "itertools.accumulate", "itertools.islice",
}  # fmt: skip
"""What takes the numbers one by one: `sorted` and `list` would make a box of each again."""
_ERRORS = re.compile(
    r"^(e|ex|exc|err|problem|failure|reason|cause)$|(error|exc|exception|err)$", re.IGNORECASE
)
_KINDS = {ast.JoinedStr: "FormattedString", ast.BinOp: "BinaryOperation"}
"""The names of nodes in LibCST, where they are others."""
_OF_ARROW, _OF_BYTES = "pyarrow.", "memoryview"


MENDED_BY_RULE = {
    "HW111": "HW502", "HW112": "HW501", "HW115": "HW510", "HW121": "HW507", "HW305": "HW710", "HW379": "HW715",
}  # fmt: skip
"""Finding of the heap -> the rule that changes the source of the same fault."""


def interned(source: Source, line: int) -> tuple[Edit, ...]:
    """`sys.intern(...)` around the one expression of a line that makes a text."""
    found = _outermost(source, line, (ast.Call, ast.JoinedStr, ast.BinOp), _is_text)
    if len(found) != 1 or not _is_kept(source, found[0]):
        return ()
    return (edit(source, found[0], _intern, "sys", kind=_KINDS.get(type(found[0]), "")),)


def copied(source: Source, line: int, kind: str) -> tuple[Edit, ...]:
    """A copy of the one slice of a line. kind: the type of the view that it makes."""
    if kind.startswith(_OF_ARROW):
        return ()
    found = _outermost(source, line, (ast.Subscript,), _is_slice)
    change = _as_bytes if kind == _OF_BYTES else _copy
    return (edit(source, found[0], change),) if len(found) == 1 else ()


def as_array(source: Source, line: int, kind: str) -> tuple[Edit, ...]:
    """An array in place of the one list of a line: made there, or filled there and made empty in one place. kind:
    `float` or `int`."""
    typecode = {"float": "d", "int": "q"}.get(kind)
    made = _outermost(source, line, (ast.ListComp,), lambda source, each: True)
    filled = _outermost(source, line, (ast.Call,), _fills)
    if typecode is None or len(made) + len(filled) != 1:
        return ()
    value = made[0] if made else _made_empty(source, filled[0].func.value)
    places = _places(source, value) if value is not None else ()
    if value is None or not places or not all(_takes_array(source, each) for each in places):
        return ()
    return (edit(source, value, lambda node: _array(typecode, node), "array:array"),)


def looked_up(source: Source, line: int) -> tuple[Edit, ...]:
    """`d.get(key, list())` in place of the one `d[key]` of a line that reads a defaultdict."""
    known = defaultdicts(source)

    def factory(node: ast.Subscript) -> str:
        named = ast.unparse(node.value)
        return known.get((home_of(source, node, named), named), "")

    def is_read(source: Source, node: ast.Subscript) -> bool:
        return (
            isinstance(node.ctx, ast.Load) and bool(factory(node)) and not _is_filled(source, node)
        )

    found = _outermost(source, line, (ast.Subscript,), is_read)
    if len(found) != 1:
        return ()
    made = factory(found[0])
    plain = made.isidentifier()
    default = f"{made}()" if plain else f"{ast.unparse(found[0].value)}.default_factory()"
    return (edit(source, found[0], lambda node: _get(default, node)),)


def of_plain_strings(source: Source, line: int) -> tuple[Edit, ...]:
    """`smart_strings=False` for the one `xpath` of a line."""
    found = _outermost(source, line, (ast.Call,), _is_xpath)
    can_change = len(found) == 1 and not needs_smart_strings(source)
    return (edit(source, found[0], with_plain_strings),) if can_change else ()


def without_tracebacks(source: Source, line: int) -> tuple[Edit, ...]:
    """`error.with_traceback(None)` in place of the one exception that a line keeps, which a handler or a parameter has
    given a name."""
    named = _outermost(source, line, (ast.Name,), _is_error)
    found = [each for each in named if _is_kept(source, each)]
    return (edit(source, found[0], _bare),) if len(found) == 1 else ()


def own_defaults(source: Source, function: str, line: int) -> tuple[Edit, ...]:
    """A new container in each call, in place of one that is the default of an argument for all of them: of the one
    function of that name, or of that around a line."""
    found = source.functions_named.get(function, ())
    if len(found) > 1:
        found = [each for each in found if each.lineno <= line <= (each.end_lineno or each.lineno)]
    if len(found) != 1:
        return ()
    given = found[0].args
    plain = [*given.posonlyargs, *given.args]
    defaults = [
        *zip(plain[len(plain) - len(given.defaults) :], given.defaults, strict=True),
        *((each, value) for each, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value),
    ]  # fmt: skip
    names = [each.arg for each, value in defaults if is_container(source, value)]
    rests = isinstance(found[0], ast.FunctionDef) and not source.is_generator(found[0])
    if not names or not rests or any(each.arg in names and each.annotation for each, _ in defaults):
        return ()
    return (edit(source, found[0], lambda node: _with_own(names, node), kind="FunctionDef"),)


def _outermost(
    source: Source, line: int, kinds: Sequence[type[Any]], is_wanted: Callable[[Source, Any], bool]
) -> Sequence[Any]:
    """The wanted expressions that begin on a line, or reach over it, and stand in no other of them."""
    found = [
        node for kind in kinds for node in source.of(kind)
        if node.lineno <= line <= (node.end_lineno or node.lineno) and is_wanted(source, node)
    ]  # fmt: skip
    known = set(found)
    return [each for each in found if known.isdisjoint(source.around(each))]


def _is_text(source: Source, node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        sides = node.left, node.right
        words = any(
            isinstance(each, ast.Constant) and isinstance(each.value, str) for each in sides
        )
        return words or any(_is_text(source, each) for each in sides)
    if not isinstance(node, ast.Call):
        return False
    method = isinstance(node.func, ast.Attribute) and node.func.attr in _TEXT_METHODS
    return method or source.called(node) in ("str", "repr", "chr")


def _is_kept(source: Source, node: ast.expr) -> bool:
    """Whether a text is given a name, given back, or put somewhere: not taken apart by what it is given to."""
    above = source.parent(node)
    while isinstance(above, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.IfExp, ast.keyword)):
        above = source.parent(above)
    if isinstance(above, ast.Call):
        name = last_name(above.func)
        return name in FILLS or name[:1].isupper()
    if isinstance(above, ast.Subscript):
        return isinstance(above.ctx, ast.Store)
    return isinstance(above, (
        ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.Return, ast.Yield, ast.ListComp, ast.SetComp, ast.DictComp,
        ast.GeneratorExp,
    ))  # fmt: skip


def _is_slice(source: Source, node: ast.Subscript) -> bool:
    del source
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return isinstance(node.ctx, ast.Load) and any(isinstance(each, ast.Slice) for each in parts)


def _is_error(source: Source, node: ast.Name) -> bool:
    """Whether a name is that of an exception which is there."""
    if not isinstance(node.ctx, ast.Load) or not _ERRORS.search(node.id):
        return False
    bound = source.seen(node)
    return bool(bound) and all(
        isinstance(each, ast.ExceptHandler) or (isinstance(each, ast.arg) and not _may_be_none(source, each))
        for each in bound
    )  # fmt: skip


def _may_be_none(source: Source, parameter: ast.arg) -> bool:
    function = source.parent(source.parent(parameter) or parameter)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return True
    kind = ast.unparse(parameter.annotation) if parameter.annotation else ""
    return "None" in kind or "Optional" in kind or _has_default(function.args, parameter)


def _has_default(given: ast.arguments, parameter: ast.arg) -> bool:
    plain = [*given.posonlyargs, *given.args]
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return parameter in plain[len(plain) - len(given.defaults) :] or any(
        each is parameter and value is not None for each, value in named
    )


def _is_xpath(source: Source, node: ast.Call) -> bool:
    del source
    named = isinstance(node.func, ast.Attribute) and node.func.attr == "xpath"
    return named and keyword(node, "smart_strings") is None


def _is_filled(source: Source, node: ast.Subscript) -> bool:
    """Whether something is put into what is found."""
    above = source.parent(node)
    if isinstance(above, ast.Attribute):
        call = source.parent(above)
        return isinstance(call, ast.Call) and call.func is above and above.attr in FILLS
    return isinstance(above, ast.Subscript) and not isinstance(above.ctx, ast.Load)


def _fills(source: Source, node: ast.Call) -> bool:
    del source
    return isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "extend")


def _made_empty(source: Source, place: ast.expr) -> ast.expr | None:
    """The `[]` that a name of a function or a module, or an attribute of self, is bound to, where it is to nothing
    else."""
    if isinstance(place, ast.Name):
        scope = source.scope(place)
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


def _with_own(names: Sequence[str], node: Any) -> Any:
    import libcst as cst

    if not isinstance(node.body, cst.IndentedBlock):
        return node
    made = []

    def changed(parameters: Any) -> Any:
        after = []
        for each in parameters:
            if each.name.value in names and each.default is not None:
                text = cst.Module([]).code_for_node(each.default)
                made.append(f"if {each.name.value} is None:\n    {each.name.value} = {text}\n")
                each = each.with_changes(default=cst.Name("None"))
            after.append(each)
        return after

    given = node.params
    after = given.with_changes(
        posonly_params=changed(given.posonly_params), params=changed(given.params),
        kwonly_params=changed(given.kwonly_params),
    )  # fmt: skip
    body = list(node.body.body)
    at = 1 if node.get_docstring() is not None else 0
    body[at:at] = [cst.parse_statement(each) for each in made]
    return node.with_changes(params=after, body=node.body.with_changes(body=body))


def _array(typecode: str, node: Any) -> Any:
    import libcst as cst

    if isinstance(node, cst.List):
        return cst.parse_expression(f'array("{typecode}")')
    items = cst.GeneratorExp(elt=node.elt, for_in=node.for_in)
    return cst.Call(cst.Name("array"), [cst.Arg(cst.SimpleString(f'"{typecode}"')), cst.Arg(items)])


def _bare(node: Any) -> Any:
    import libcst as cst

    return cst.parse_expression(f"{node.value}.with_traceback(None)")


def _get(default: str, node: Any) -> Any:
    import libcst as cst

    key = key_of(node)
    given = [cst.Arg(key), cst.Arg(cst.parse_expression(default))]
    return cst.Call(cst.Attribute(node.value, cst.Name("get")), given) if key else node


def _intern(node: Any) -> Any:
    return _given_to("sys.intern", node)


def _as_bytes(node: Any) -> Any:
    return _given_to("bytes", node)


def _given_to(name: str, node: Any) -> Any:
    import libcst as cst

    return cst.Call(cst.parse_expression(name), [cst.Arg(node)])


def _copy(node: Any) -> Any:
    import libcst as cst

    return cst.Call(cst.Attribute(node, cst.Name("copy")))
