"""Texts that are read whole, from a file, an archive or an answer, and split into lines somewhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import keeps_items, open_mode, reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.source import Source
from heapwise.lint.uses import single_uses

_ARCHIVES = {"zipfile.ZipFile"}
_ANSWERS = {"urllib.request.urlopen"}
_REQUESTS = {"requests.get", "requests.post", "httpx.get", "httpx.post"}
_CSV = {"csv.reader", "csv.DictReader"}


def texts_split(source: Source) -> Iterator[tuple[ast.expr, ast.Call, str]]:
    """(what reads a text, the call that splits it, what to do instead), where the lines are read once, and nothing
    else is done with the text."""
    for read in (*source.of(ast.Call), *source.of(ast.Attribute)):
        fix = _instead(source, read)
        call = _split(source, read) if fix else None
        if call is not None and _reads_lines(source, call):
            yield read, call, fix


def _instead(source: Source, read: ast.expr) -> str:
    """How to read line by line what an expression reads whole; empty when it is no such expression."""
    if isinstance(read, ast.Attribute):
        answer = read.attr == "text" and _is_bound_to(source, read.value, _REQUESTS)
        return "stream=True, and response.iter_lines(decode_unicode=True)" if answer else ""
    if not isinstance(read, ast.Call) or not isinstance(read.func, ast.Attribute):
        return ""
    name, owner = read.func.attr, read.func.value
    if name in ("read_text", "read_bytes"):
        return "with path.open() as file: for line in file"
    if name != "read":
        return ""
    if len(read.args) == 1 and _is_bound_to(source, owner, _ARCHIVES):
        return "io.TextIOWrapper(archive.open(name)): its lines, one by one"
    if read.args:
        return ""
    if _is_bound_to(source, owner, _ANSWERS):
        return "io.TextIOWrapper(response): its lines, one by one"
    return "for line in file" if _is_open_file(source, owner) else ""


def _is_open_file(source: Source, node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return open_mode(source, node) is not None
    made = _made(source, node)
    return bool(made) and all(open_mode(source, each) is not None for each in made)


def _is_bound_to(source: Source, node: ast.expr, makers: set[str]) -> bool:
    """Whether an expression is what such a call makes: the call, a name for it, or a parameter of that type."""
    made = _made(source, node)
    named = {source.called(each) or source.dotted(each) for each in made}
    return bool(made) and named <= makers


def _made(source: Source, node: ast.expr) -> list[ast.expr]:
    """What a name is bound to in its scope, or the annotation of a parameter; of other expressions, themselves."""
    if not isinstance(node, ast.Name):
        return [node]
    found: list[ast.expr] = []
    for scope, binder in source.binders.get(node.id, ()):
        if scope is not source.scope(node):
            continue
        above = source.parent(binder)
        value: ast.expr | None = None
        if isinstance(binder, ast.arg):
            value = binder.annotation
        elif isinstance(above, ast.withitem):
            value = above.context_expr
        elif isinstance(above, (ast.Assign, ast.AnnAssign)):
            value = above.value
        if value is None or isinstance(value, ast.Name):
            return []
        found.append(value)
    return found


def _split(source: Source, read: ast.expr) -> ast.Call | None:
    """The call that splits what is read, decoded or not, where that is all that is done with it."""
    node = read
    for _ in range(2):
        found = single_uses(source, node)
        if found is None or len(found) != 1:
            return None
        method = source.parent(found[0].place)
        call = source.parent(method) if isinstance(method, ast.Attribute) else None
        if not isinstance(call, ast.Call) or call.func is not method:
            return None
        if splits(call):
            return call
        if not isinstance(method, ast.Attribute) or method.attr != "decode":
            return None
        node = call
    return None


def _reads_lines(source: Source, call: ast.Call) -> bool:
    """Whether the lines are read once and none is kept, by a loop, or by a reader of CSV that the function reads."""
    found = single_uses(source, call)
    if found is None or len(found) != 1:
        return False
    place = outermost(source, found[0].place)
    above = source.parent(place)
    if isinstance(above, ast.Call) and source.called(above) in _CSV and above.args[:1] == [place]:
        rows = single_uses(source, above)
        return rows is not None and all(
            source.function(each.place) is source.function(above)
            and (reads_once(source, each.place) or _is_listed(source, each.place))
            for each in rows
        )
    return reads_once(source, place) and not keeps_items(source, place)


def _is_listed(source: Source, place: ast.expr) -> bool:
    above = source.parent(place)
    return isinstance(above, ast.Call) and source.called(above) in ("list", "next", "sorted")


def splits(call: ast.Call) -> bool:
    """`text.splitlines()`, or `text.split("\\n")`."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "splitlines":
        return not call.args and not call.keywords
    ends = (
        call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value in ("\n", b"\n")
    )
    return call.func.attr == "split" and len(call.args) == 1 and bool(ends)
