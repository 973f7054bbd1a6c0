"""Texts that are read whole, from a file, an archive or an answer, and split into lines somewhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise.lint.consumers import consumes
from heapwise.lint.flow import keeps_items, open_mode, reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.rewritten import is_rewritten
from heapwise.lint.source import Source
from heapwise.lint.uses import single_uses

_ARCHIVES = {"zipfile.ZipFile"}
_ANSWERS = {"urllib.request.urlopen"}
_REQUESTS = {"requests.get", "requests.post", "httpx.get", "httpx.post"}
_ASKED = {"flask.request", "self.request"}
_BODY = "for line in request.stream, of Flask; for line in request, of Django"
_CSV = {"csv.reader", "csv.DictReader"}
_MEMBER = "io.TextIOWrapper(archive.open(name)): its lines, one by one"
_ARCHIVE_NAMES = re.compile(r"zip|archive|bundle|package|^(z|zf)$", re.IGNORECASE)
_MEMBER_NAMES = re.compile(r"name|path|member|entry|info|file", re.IGNORECASE)
_SIZE_NAMES = re.compile(
    r"(^|_)(len|count|num|max|n|bytes?|left|rest)(_|$)|size|length|offset", re.IGNORECASE
)


def texts_split(source: Source) -> Iterator[tuple[ast.expr, ast.Call, str]]:
    """(what reads a text, the call that splits it, what to do instead), where the lines are read once, and nothing
    else is done with the text."""
    for read in (*source.of(ast.Call), *source.of(ast.Attribute)):
        fix = _instead(source, read)
        calls = split_by(source, read) if fix else []
        if not calls or (
            len(calls) == 1 and _may_be_stream(source, read)
        ):  # the stream may be of bytes
            continue
        places = _read_at(source, calls[-1])
        if places and not any(is_rewritten(source, read, n) for n in places):
            yield read, calls[-1], fix


def _instead(source: Source, read: ast.expr) -> str:
    """How to read line by line what an expression reads whole; empty when it is no such expression."""
    if isinstance(read, ast.Attribute):
        if read.attr in ("body", "data") and _is_request(source, read.value):
            return _BODY
        answer = read.attr == "text" and _is_bound_to(source, read.value, _REQUESTS)
        return "stream=True, and response.iter_lines(decode_unicode=True)" if answer else ""
    if not isinstance(read, ast.Call) or not isinstance(read.func, ast.Attribute):
        return ""
    name, owner = read.func.attr, read.func.value
    if is_read_of_path(source, read):
        return "with path.open() as file: for line in file"
    if name == "get_data" and _is_request(source, owner):
        return _BODY
    if name != "read":
        return ""
    if len(read.args) == 1 and not read.keywords:
        member = _is_bound_to(source, owner, _ARCHIVES) or _is_member(source, owner, read.args[0])
        return _MEMBER if member else ""
    if read.args:
        return ""
    if _is_extracted(source, owner):
        return "io.TextIOWrapper(archive.extractfile(name)): its lines, one by one"
    if _is_bound_to(source, owner, _ANSWERS):
        return "io.TextIOWrapper(response): its lines, one by one"
    return "for line in file" if is_open_file(source, owner) else ""


def _is_request(source: Source, node: ast.expr) -> bool:
    """Whether it is the request that a web application is to answer."""
    return source.dotted(node) in _ASKED or (isinstance(node, ast.Name) and node.id == "request")


def is_read_of_path(source: Source, read: ast.Call) -> bool:
    """`path.read_text()`: not of a class of the module that has such a method, nor of a package's files."""
    method = read.func
    if not isinstance(method, ast.Attribute) or method.attr not in ("read_text", "read_bytes"):
        return False
    own = isinstance(method.value, ast.Name) and method.value.id == "self"
    if (own and method.attr in source.functions_named) or source.is_of_import(method):
        return False
    return len(read.args) <= (2 if method.attr == "read_text" else 0)


def _imports(source: Source, module: str) -> bool:
    return any(each.split(".")[0] == module for each in source.imports.values())


def _is_member(source: Source, owner: ast.expr, name: ast.expr) -> bool:
    """Whether it plainly reads a member of an archive that the function was given, by its name: a stream takes a
    size."""
    if not _imports(source, "zipfile"):
        return False
    if isinstance(owner, ast.Attribute):
        called = owner.attr if isinstance(owner.value, ast.Name) else ""
    else:
        called = owner.id if isinstance(owner, ast.Name) and _is_given(source, owner) else ""
    if not called:
        return False
    if isinstance(name, ast.Constant):
        return isinstance(name.value, str)
    if isinstance(name, (ast.JoinedStr, ast.Name, ast.Attribute)):
        said = getattr(name, "attr", getattr(name, "id", "name"))
        known = _MEMBER_NAMES.search(said) or _ARCHIVE_NAMES.search(called)
        return known is not None and _SIZE_NAMES.search(said) is None
    return False


def _is_given(source: Source, name: ast.Name) -> bool:
    """Whether a name is a parameter of which nothing is said, and nothing else in its function."""
    here = [each for scope, each in source.binders.get(name.id, ()) if scope is source.scope(name)]
    return len(here) == 1 and isinstance(here[0], ast.arg) and here[0].annotation is None


def _may_be_stream(source: Source, read: ast.expr) -> bool:
    """Whether only that it is decoded tells that a member of an archive is read."""
    owner = (
        read.func.value
        if isinstance(read, ast.Call) and isinstance(read.func, ast.Attribute)
        else None
    )
    return bool(owner and read.args) and not _is_bound_to(source, owner, _ARCHIVES)  # type: ignore


def _is_extracted(source: Source, owner: ast.expr) -> bool:
    """Whether it is the file of a member of a tar archive."""
    made = made_by(source, owner) if _imports(source, "tarfile") else []
    return bool(made) and all(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "extractfile"
        for each in made
    )


def is_open_file(source: Source, node: ast.expr) -> bool:
    """Whether an expression is `open(...)`, or a name for it."""
    if isinstance(node, ast.Call):
        return open_mode(source, node) is not None
    made = made_by(source, node)
    return bool(made) and all(open_mode(source, each) is not None for each in made)


def _is_bound_to(source: Source, node: ast.expr, makers: set[str]) -> bool:
    """Whether an expression is what such a call makes: the call, a name for it, or a parameter of that type."""
    made = made_by(source, node)
    named = {source.called(each) or source.dotted(each) for each in made}
    return bool(made) and named <= makers


def made_by(source: Source, node: ast.expr) -> list[ast.expr]:
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


def split_by(source: Source, read: ast.expr) -> list[ast.Call]:
    """The calls that decode what is read and split it, in order, where that is all that is done with it; else empty."""
    node, found = read, []
    for _ in range(2):
        uses = single_uses(source, node)
        if uses is None or len(uses) != 1:
            return []
        method = source.parent(uses[0].place)
        call = source.parent(method) if isinstance(method, ast.Attribute) else None
        if (
            not isinstance(method, ast.Attribute)
            or not isinstance(call, ast.Call)
            or call.func is not method
        ):
            return []
        found.append(call)
        if splits(call):
            return found
        if method.attr != "decode":
            return []
        node = call
    return []


def _read_at(source: Source, call: ast.Call) -> list[ast.expr]:
    """Where the lines are read, once, and none is kept; empty where they are used otherwise."""
    found = single_uses(source, call, is_counted=True)
    return _lines_read_at(source, found[0].place) if found is not None and len(found) == 1 else []


def takes_lines(source: Source, place: ast.expr) -> bool:
    """Whether lines that stand there are read once, and none is kept."""
    return bool(_lines_read_at(source, place))


def _lines_read_at(source: Source, place: ast.expr) -> list[ast.expr]:
    """Where lines that stand there are read, once, and none is kept: by a loop, or by a reader of CSV that the function
    reads; empty where they are used otherwise."""
    place = outermost(source, place)
    above = source.parent(place)
    if isinstance(above, ast.Call) and source.called(above) in _CSV and above.args[:1] == [place]:
        rows = single_uses(source, above)
        read = rows is not None and all(
            source.function(each.place) is source.function(above)
            and (reads_once(source, each.place) or _is_passed_on(source, each.place))
            for each in rows
        )
        return [above, *(each.place for each in rows or ())] if read else []
    counted = source.called(above) == "collections.Counter" and consumes(source, place)
    once = reads_once(source, place) and not keeps_items(source, place)
    return [place] if once or counted else []


def _is_passed_on(source: Source, place: ast.expr) -> bool:
    """Whether rows are listed, or given on one by one."""
    above = source.parent(place)
    if isinstance(above, ast.YieldFrom):
        return True
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


def opened_to_read_whole(source: Source, call: ast.Call) -> list[ast.expr] | None:
    """How the files were opened that `file.read()` reads, all of each; nothing of `path.read_bytes()`, None of other
    calls."""
    method = call.func
    if not isinstance(method, ast.Attribute) or call.args or call.keywords:
        return None
    if method.attr == "read_bytes":
        return [] if is_read_of_path(source, call) else None
    made = made_by(source, method.value) if method.attr == "read" else []
    return made or None
