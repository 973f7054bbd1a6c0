"""Changes at a line that objects of the heap, and not the source alone, show to be at fault. None of them is surely
safe: whoever makes one runs the program before and after."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Any

from heapwise.analyze.statement import last_name
from heapwise.lint.calls import defaults_of
from heapwise.lint.growing import FILLS, is_container
from heapwise.lint.hw507_exceptions_kept import looks_at_tracebacks, without_traceback
from heapwise.lint.hw510_defaultdict_reads import defaultdicts, home_of, with_get
from heapwise.lint.hw710_view_kept import with_copy
from heapwise.lint.hw715_smart_strings import needs_smart_strings, with_plain_strings
from heapwise.lint.rule import Edit, edit
from heapwise.lint.source import Source, keyword

_TEXT_METHODS = {
    "lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize", "casefold", "removeprefix", "removesuffix",
    "zfill", "isoformat", "strftime", "hexdigest",
}  # fmt: skip
"""Methods that make one text, of whatever they are called; `format` and `join` of a text that is written there."""
_ERRORS = re.compile(
    r"^(e|ex|exc|err|problem|failure|reason|cause)$|(error|exc|exception|(?<!std)err)$",
    re.IGNORECASE,
)
_KINDS = {
    ast.JoinedStr: ("FormattedString", "ConcatenatedString"), ast.BinOp: ("BinaryOperation",),
}  # fmt: skip
"""The names that nodes may have in LibCST, where they are others."""
_OF_BYTES = "memoryview"
_OF_VIEWS = (".nbytes", ".tobytes(", ".cast(", "readinto", ".release(", ".itemsize")
"""What views of bytes have, and bytes have not; of another width they are not what they show."""
_FACTORIES = {"list", "dict", "set", "int", "float", "str", "tuple", "bytes", "frozenset"}


MENDED_BY_RULE = {
    "HW111": "HW502", "HW112": "HW501", "HW115": "HW510", "HW121": "HW507", "HW305": "HW710", "HW379": "HW715",
}  # fmt: skip
"""Finding of the heap -> the rule that changes the source of the same fault."""


def interned(source: Source, line: int) -> tuple[Edit, ...]:
    """`sys.intern(...)` around the one expression of a line that makes a text."""
    found = outermost(source, line, (ast.Call, ast.JoinedStr, ast.BinOp), _is_text)
    if len(found) != 1 or not _is_kept(source, found[0]):
        return ()
    kinds = _KINDS.get(type(found[0]), ("",))
    return tuple(edit(source, found[0], _intern, "sys", kind=kind) for kind in kinds)


def copied(source: Source, line: int, kind: str) -> tuple[Edit, ...]:
    """A copy of the one slice of a line. kind: the type of the view that it makes."""
    of_bytes = kind == _OF_BYTES
    if not of_bytes and not kind.startswith(("numpy.", "pandas.")):
        return ()
    if of_bytes and ("bytes" in source.own_names or any(word in source.text for word in _OF_VIEWS)):
        return ()
    found = outermost(source, line, (ast.Subscript,), _is_slice)
    if len(found) != 1 or not _is_kept(source, found[0]):
        return ()
    if isinstance(source.parent(found[0]), ast.Subscript):
        return ()  # a key is no view
    return (edit(source, found[0], _as_bytes if of_bytes else with_copy),)


def looked_up(source: Source, line: int) -> tuple[Edit, ...]:
    """`d.get(key, list())` in place of the one `d[key]` of a line that reads a defaultdict."""
    known = defaultdicts(source)

    def factory(node: ast.Subscript) -> str:
        named = ast.unparse(node.value)
        if isinstance(node.value, ast.Name) and any(
            source.scope(each) is not source.tree for each in source.seen(node.value)
        ):
            return ""
        return known.get((home_of(source, node, named), named), "")

    def is_read(source: Source, node: ast.Subscript) -> bool:
        return (
            isinstance(node.ctx, ast.Load) and bool(factory(node)) and not _is_filled(source, node)
        )

    found = outermost(source, line, (ast.Subscript,), is_read)
    if len(found) != 1:
        return ()
    made = factory(found[0])
    if made == "None" or "default_factory" in source.text:
        return ()
    plain = made in _FACTORIES and made not in source.own_names
    default = f"{made}()" if plain else f"{ast.unparse(found[0].value)}.default_factory()"
    return (edit(source, found[0], lambda node: with_get(node, default)),)


def of_plain_strings(source: Source, line: int) -> tuple[Edit, ...]:
    """`smart_strings=False` for the one `xpath` of a line."""
    found = outermost(source, line, (ast.Call,), _is_xpath)
    own = "xpath" in source.functions_named or any(
        each.arg is None for call in found for each in call.keywords
    )
    can_change = len(found) == 1 and not own and not needs_smart_strings(source)
    return (edit(source, found[0], with_plain_strings),) if can_change else ()


def without_tracebacks(source: Source, line: int) -> tuple[Edit, ...]:
    """`error.with_traceback(None)` in place of the one exception that a line keeps, which a handler or a parameter has
    given a name."""
    named = outermost(source, line, (ast.Name,), _is_error)
    found = [each for each in named if _is_kept(source, each)]
    raises = any(
        isinstance(each, ast.Raise) for name in found for around in source.around(name)
        if isinstance(around, ast.ExceptHandler) for each in ast.walk(around)
    )  # fmt: skip
    can_change = len(found) == 1 and not raises and not looks_at_tracebacks(source)
    return (edit(source, found[0], without_traceback),) if can_change else ()


def own_defaults(source: Source, function: str, line: int) -> tuple[Edit, ...]:
    """A new container in each call, in place of one that is the default of an argument for all of them: of the one
    function of that name, or of that around a line."""
    found = source.functions_named.get(function, ())
    if len(found) > 1:
        found = [each for each in found if each.lineno <= line <= (each.end_lineno or each.lineno)]
    if len(found) != 1:
        return ()
    defaults = defaults_of(found[0].args)
    names = [
        each.arg for each, value in defaults if is_container(source, value) and _is_plain(value)
    ]
    rests = isinstance(found[0], ast.FunctionDef) and not source.is_generator(found[0])
    asked = any(
        isinstance(each, ast.Constant) and each.value is None for each in ast.walk(found[0])
    )
    if (
        asked
        or not names
        or not rests
        or any(each.arg in names and each.annotation for each, _ in defaults)
    ):
        return ()
    return (edit(source, found[0], lambda node: _with_own(names, node), kind="FunctionDef"),)


def _is_plain(value: ast.expr) -> bool:
    """Whether a default is the same wherever it is made: empty, or of what is written there."""
    if isinstance(value, ast.Call):
        return (
            all(isinstance(each, ast.Name) and each.id in _FACTORIES for each in value.args)
            and not value.keywords
        )
    inner = (each for each in ast.walk(value) if isinstance(each, ast.expr))
    return all(
        isinstance(each, (ast.List, ast.Dict, ast.Set, ast.Tuple, ast.Constant)) for each in inner
    )


def outermost(
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
    """Whether an expression surely makes a text, where the line makes one."""
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Mod):
            return _is_written(node.left)
        return isinstance(node.op, ast.Add) and any(
            _is_text(source, each) for each in (node.left, node.right)
        )
    if not isinstance(node, ast.Call):
        return False
    if not isinstance(node.func, ast.Attribute):
        return source.called(node) in ("str", "repr", "chr")
    if (
        source.dotted(node.func).partition(".")[0] in source.imports.values()
        or last_name(node.func.value) == "str"
    ):
        return False  # of an array, or a column
    if node.func.attr == "decode":
        return all(_is_written(each) for each in node.args) and not node.keywords
    return node.func.attr in _TEXT_METHODS or (
        node.func.attr in ("format", "join") and _is_written(node.func.value)
    )


def _is_written(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_kept(source: Source, node: ast.expr) -> bool:
    """Whether a text is given a name, given back, or put somewhere: not taken apart by what it is given to."""
    inner: ast.AST = node
    above = source.parent(node)
    while isinstance(above, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.IfExp, ast.keyword)):
        if isinstance(above, ast.IfExp) and above.test is inner:
            return False
        inner, above = above, source.parent(above)
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
    return (
        "None" in kind
        or "Optional" in kind
        or any(each is parameter for each, _ in defaults_of(function.args))
    )


def _is_xpath(source: Source, node: ast.Call) -> bool:
    del source
    named = isinstance(node.func, ast.Attribute) and node.func.attr == "xpath"
    return named and keyword(node, "smart_strings") is None


def _is_filled(source: Source, node: ast.expr, *, by_name: bool = False) -> bool:
    """Whether something is put into what is found, there or by the name that it is given, or it goes on by itself.
    by_name: the node is a name of it; further names are not followed."""
    above = source.parent(node)
    if isinstance(above, ast.Attribute):
        call = source.parent(above)
        is_called = isinstance(call, ast.Call) and call.func is above
        return not isinstance(above.ctx, ast.Load) or (is_called and above.attr in FILLS)
    if isinstance(above, ast.Subscript):
        return not isinstance(above.ctx, ast.Load) or _is_filled(source, above, by_name=by_name)
    if isinstance(above, ast.Call):
        return last_name(above.func) in ("next", "heappush", "heapreplace", "heappushpop")
    if isinstance(above, ast.Assign):
        target, function = above.targets[0], source.function(node)
        if by_name or not isinstance(target, ast.Name):
            return True
        reads = (
            each for each in source.loads.get(target.id, ()) if source.function(each) is function
        )
        return any(_is_filled(source, each, by_name=True) for each in reads)
    return isinstance(above, ast.withitem)


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


def _intern(node: Any) -> Any:
    return _given_to("sys.intern", node)


def _as_bytes(node: Any) -> Any:
    return _given_to("bytes", node)


def _given_to(name: str, node: Any) -> Any:
    import libcst as cst

    return cst.Call(cst.parse_expression(name), [cst.Arg(node)])
