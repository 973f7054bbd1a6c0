"""Texts, buffers and objects with `write` that are filled part by part, to be handed on whole."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from heapwise.lint.calls import called_function, given_for, parameter_of
from heapwise.lint.flow import open_mode
from heapwise.lint.source import COMPREHENSIONS, FunctionNode, Source, keyword
from heapwise.lint.texts import made_by, opened_to_read_whole

_WRITERS = {"csv.writer", "csv.DictWriter"}
_BUFFERS = {"io.StringIO", "io.BytesIO"}
_VALUES = {"getvalue", "getbuffer", "read"}
_ROWS = {"writerow", "write"}
_ALL_ROWS = {"writerows", "writelines"}
_ASIDE = {
    "headers", "status_code", "status", "mimetype", "content_type", "charset", "set_cookie", "set_signed_cookie",
    "delete_cookie", "setdefault", "has_header", "cookies", "flush", "close", "seek", "call_on_close", "writeheader",
}  # fmt: skip
_TABLES = {"to_csv", "to_json", "to_html"}
_DUMPS = {"json.dumps", "orjson.dumps", "ujson.dumps", "simplejson.dumps"}
_OF_FILE = "the open file itself: FileResponse(open(path, 'rb')), send_file(path)"
_PAGE = re.compile(r"(^|_)(page|object_list|top|first|latest|recent)(_|$)", re.IGNORECASE)
_DEPTH = 4


class Filled(NamedTuple):
    """lines: where what is filled grows. fix: what to do instead, where that is another thing than to give parts."""

    lines: frozenset[int]
    fix: str = ""


def filled_object(source: Source, call: ast.Call) -> Filled | None:
    """Where an object with `write` that a call makes is filled by loops; None where something else is done with it than
    to fill it, to set what stands in its head, and to give it back."""
    above = source.parent(call)
    target = above.targets[0] if isinstance(above, ast.Assign) and len(above.targets) == 1 else None
    if isinstance(above, ast.AnnAssign):
        target = above.target
    lines = _fills(source, target, _DEPTH) if isinstance(target, ast.Name) else None
    return Filled(frozenset(lines)) if lines is not None else None


def is_handed_on(source: Source, call: ast.Call) -> bool:
    """Whether what a call makes is only given back, perhaps with more in its head."""
    above = source.parent(call)
    return not isinstance(above, ast.Assign) or filled_object(source, call) is not None


def filled_body(
    source: Source, body: ast.expr, *, as_json: bool = False, depth: int = _DEPTH
) -> Filled | None:
    """Where a text is put together that stands there, and nowhere else, by functions of the module as well; None where
    it is no such text."""
    lines: set[int] = set()
    node: ast.expr | None = body
    while isinstance(node, ast.Name):
        node = _bound_for(source, node)
        lines |= _lines_of(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ("encode", "decode"):
            inner = filled_body(source, node.func.value, depth=depth)
            return _with_lines(inner, lines)
        if node.func.attr == "join" and isinstance(node.func.value, ast.Constant) and node.args:
            return _and_lines(_of_parts(source, node.args[0]), lines | _lines_of(node))
        if node.func.attr in _VALUES and not node.args:
            filled = _of_buffer(source, node)
            if filled is not None or node.func.attr != "read":
                return _and_lines(filled, lines | _lines_of(node))
        if node.func.attr in _TABLES and not node.args and keyword(node, "path_or_buf") is None:
            return Filled(frozenset(lines | _lines_of(node)))
        if _reads_file(source, node):
            return Filled(frozenset(lines | _lines_of(node)), _OF_FILE)
        if source.dotted(node.func) in _DUMPS and node.args:
            return _and_lines(_of_records(source, node.args[0]), lines | _lines_of(node))
    function, _ = called_function(source, node) if isinstance(node, ast.Call) else (None, 0)
    given = _returned(source, function) if function is not None and depth else None
    if given is not None:
        return _with_lines(filled_body(source, given, as_json=as_json, depth=depth - 1), lines)
    if as_json and node is not None:
        return _and_lines(_of_records(source, node), lines)
    return None


def _returned(source: Source, function: FunctionNode) -> ast.expr | None:
    """What a function returns, where it does so at one place."""
    returns = [
        each for each in ast.walk(function)
        if isinstance(each, ast.Return) and source.function(each) is function
    ]  # fmt: skip
    return returns[0].value if len(returns) == 1 else None


def _with_lines(found: Filled | None, lines: set[int]) -> Filled | None:
    return Filled(found.lines | lines, found.fix) if found is not None else None


def _and_lines(found: set[int] | None, lines: set[int]) -> Filled | None:
    return Filled(frozenset(found | lines)) if found is not None else None


def _lines_of(node: ast.AST | None) -> set[int]:
    first = getattr(node, "lineno", None)
    return set() if first is None else set(range(first, (node.end_lineno or first) + 1))  # type: ignore[union-attr]


def _bound_for(source: Source, name: ast.Name) -> ast.expr | None:
    """What a local is bound to, where it is read at one place alone."""
    bound = source.seen(name)
    binder = bound[0] if len(bound) == 1 else None
    made = source.parent(binder) if isinstance(binder, ast.Name) else None
    reads = source.reads_of(binder) if isinstance(binder, ast.Name) else None
    alone = reads is not None and len(reads.reads) == 1 and reads.scope is not source.tree
    plain = isinstance(made, (ast.Assign, ast.AnnAssign)) and alone
    return made.value if plain else None  # type: ignore[union-attr]


def _of_parts(source: Source, parts: ast.expr, depth: int = _DEPTH) -> set[int] | None:
    """Where the parts of a text that is joined are made: by a comprehension, or by loops that append to a list."""
    if isinstance(parts, (ast.ListComp, ast.GeneratorExp)):
        return _lines_of(parts)
    if source.called(parts) == "map" or _calls_generator(source, parts):
        return _lines_of(parts)
    if not isinstance(parts, ast.Name):
        return None
    bound = source.seen(parts)
    binder = bound[0] if len(bound) == 1 else None
    if isinstance(binder, ast.arg):
        handed = given_for(source, binder) if depth else None
        given = [_of_parts(source, each, depth - 1) for each in handed or ()]
        found = [each for each in given if each is not None]
        return set().union(*found) if found and len(found) == len(given) else None
    reads = source.reads_of(binder) if isinstance(binder, ast.Name) else None
    made = source.parent(binder) if binder is not None else None
    value = made.value if isinstance(made, (ast.Assign, ast.AnnAssign)) else None
    if reads is None or value is None:
        return None
    lines = _lines_of(value)
    grows = isinstance(value, ast.ListComp)
    for read in reads.reads:
        above = source.parent(read)
        if read is parts:
            continue
        if not isinstance(above, ast.Attribute) or above.attr not in ("append", "extend"):
            return None
        lines |= _lines_of(source.statement(read))
        grows |= source.loop(read) is not None or above.attr == "extend"
    return lines if grows else None


def _calls_generator(source: Source, node: ast.expr) -> bool:
    function, _ = called_function(source, node) if isinstance(node, ast.Call) else (None, 0)
    return function is not None and source.is_generator(function)


def _of_buffer(source: Source, call: ast.Call) -> set[int] | None:
    """Where a buffer is filled of which the whole value is asked for, once."""
    owner = call.func.value  # type: ignore[attr-defined]
    bound = source.seen(owner) if isinstance(owner, ast.Name) else []
    binder = bound[0] if len(bound) == 1 else None
    above = source.parent(binder) if binder is not None else None
    made = above.context_expr if isinstance(above, ast.withitem) else getattr(above, "value", None)
    if not isinstance(binder, ast.Name) or source.called(made) not in _BUFFERS:
        return None
    return _fills(source, binder, _DEPTH, whole=call)


def _fills(
    source: Source, binder: ast.Name | ast.arg, depth: int, whole: ast.Call | None = None
) -> set[int] | None:
    """The lines where loops write to what a name stands for; None where something else is done with it. whole: the call
    that takes its value."""
    found = source.reads_of(binder) if depth else None
    if found is None or found.scope is source.tree:
        return None
    lines: set[int] = set()
    for read in found.reads:
        more = _done_with(source, read, depth, whole)
        if more is None:
            return None
        lines |= more
    return lines


def _done_with(
    source: Source, read: ast.Name, depth: int, whole: ast.Call | None
) -> set[int] | None:
    """The same of one place."""
    above = source.parent(read)
    outer = source.parent(above) if isinstance(above, ast.Attribute) else None
    if isinstance(above, ast.Attribute):
        if outer is whole and whole is not None:
            return set()
        if isinstance(outer, ast.Call) and outer.func is above and above.attr in _ROWS | _ALL_ROWS:
            many = above.attr in _ALL_ROWS or source.loop(read) is not None
            return _lines_of(source.statement(read)) if many else set()
        return set() if above.attr in _ASIDE else None
    if isinstance(above, ast.Return):
        return set() if whole is None else None
    if isinstance(above, ast.Subscript):
        told = isinstance(above.slice, ast.Constant) and str(above.slice.value).lower()
        return set() if not isinstance(above.ctx, ast.Load) and told != "content-length" else None
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    if not isinstance(call, ast.Call):
        return None
    if isinstance(call.func, ast.Attribute) and call.func.attr in _TABLES:
        return _lines_of(call)
    if source.called(call) in _WRITERS:
        made = source.parent(call)
        target = made.targets[0] if isinstance(made, ast.Assign) else None
        if isinstance(target, ast.Name):
            return _fills(source, target, depth - 1)
        rows = isinstance(made, ast.Attribute) and made.attr in _ALL_ROWS
        return _lines_of(source.statement(call)) if rows else None
    parameter = parameter_of(source, read)
    return _fills(source, parameter, depth - 1) if parameter is not None else None


def _reads_file(source: Source, call: ast.Call) -> bool:
    """`open(path, "rb").read()`, of a name for it, or `path.read_bytes()`."""
    made = opened_to_read_whole(source, call)
    return made is not None and all(open_mode(source, each) is not None for each in made)


def _of_records(source: Source, node: ast.expr) -> set[int] | None:
    """Where records are listed that become one text: all that a comprehension gives, itself or as the only list in a
    dict."""
    if isinstance(node, ast.Name):
        value = _bound_for(source, node)
        if isinstance(value, ast.List) and not value.elts:
            return None
        return _of_records(source, value) if value is not None else _of_parts(source, node)
    if isinstance(node, ast.Dict):
        lists = [each for value in node.values if (each := _of_records(source, value)) is not None]
        return set().union(*lists) if len(lists) == 1 else None
    listed = source.called(node) in ("list", "tuple") and isinstance(node, ast.Call)
    made = node.args[0] if listed and node.args else node  # type: ignore[attr-defined]
    if not isinstance(node, ast.ListComp) and not listed:
        return None
    walked = made.generators[0].iter if isinstance(made, COMPREHENSIONS) else made
    return None if _is_page(source, walked) else _lines_of(node)


def _is_page(source: Source, node: ast.expr) -> bool:
    """Whether what is gone through is cut to a part."""
    made = [node, *(made_by(source, node) if isinstance(node, ast.Name) else ())]
    return any(
        isinstance(n, ast.Slice)
        or (isinstance(n, ast.Attribute) and n.attr in ("limit", "get_page", "paginate"))
        or _PAGE.search(str(getattr(n, "attr", getattr(n, "id", getattr(n, "value", ""))))) is not None
        or source.called(n) == "itertools.islice"
        for each in made for n in ast.walk(each)
    ) or isinstance(node, (ast.List, ast.Tuple, ast.Constant))  # fmt: skip
