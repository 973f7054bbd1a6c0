"""HW739: a file is read whole to be sent.

`requests.post(url, data=file.read())`: the whole file is in memory, and once more in the body of the request where that
has several parts.

What to do: give the open file itself: `data=file`, `files={"name": (name, file, type)}`, `Body=file`: it is read in
blocks as it is sent. Not so `files=` of requests, which reads each file and joins all to one body: give it
`data=MultipartEncoder(fields={...})` of requests_toolbelt, with its `content_type` in the headers, or use httpx, which
sends files in blocks. Costs: the file must stay open until it is sent. Said only where a recording tells how much it
is. Clean: contents that are used for something else as well; parts of a file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import open_mode
from heapwise.lint.hw737_body_whole import library_of
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword
from heapwise.lint.texts import made_by
from heapwise.lint.uses import single_uses

CODE = "HW739"
TITLE = "a file read whole to be sent"
SIZED = True
NEEDS = ("requests", "httpx", "put_object")
_BODIES, _STORED = {"data", "content", "files"}, {"Body"}
_PREPARED = ("requests.Request", "requests.PreparedRequest")
_MOST_STEPS = 6


def look(source: Source) -> Iterator[Hit]:
    """`file.read()` of a file opened in binary that stands in the body of a request, and nowhere else."""
    for call in source.of(ast.Call):
        if _is_joined(source, call):
            library = _library(source, call)
            yield hit(
                source, call, CODE, TITLE, "files= of requests reads each file, and joins all to one body",
                saves=Saves.WHOLE, fix="data=requests_toolbelt.MultipartEncoder(...), or httpx, which sends blocks",
                also=_read_at(source, call), passes="" if library == "requests" else "models.py",
            )  # fmt: skip
    for read in source.of(ast.Call):
        if not _is_whole(source, read):
            continue
        sent = _sent_by(source, read)
        if sent is None:
            continue
        if _is_joined(source, sent):
            continue
        also = set(range(sent.lineno, (sent.end_lineno or sent.lineno) + 1)) - {read.lineno}
        yield hit(
            source, read, CODE, TITLE, f"{shown(read)} has the whole file in memory for a body that is sent in blocks",
            saves=Saves.WHOLE, fix="the open file itself in its place", also=tuple(sorted(also)),
        )  # fmt: skip


def _is_joined(source: Source, call: ast.Call) -> bool:
    """Whether it is a request with `files=` of requests, as far as its name tells."""
    given = keyword(call, "files")
    if given is None or (isinstance(given, ast.Constant) and given.value is None):
        return False
    if any(each.split(".")[0] == "requests_toolbelt" for each in source.imports.values()):
        return False
    library = _library(source, call)
    return library == "requests" or (library == "?" and "requests" in source.imports.values())


def _library(source: Source, call: ast.Call) -> str:
    """Whose request it is: as `library_of`; or one that is only prepared."""
    name = source.dotted(call.func)
    return "requests" if name in _PREPARED else library_of(source, call, name)


def _read_at(source: Source, call: ast.Call) -> tuple[int, ...]:
    """The lines that read what a request sends."""
    reads = [each for each in source.of(ast.Call) if _is_whole(source, each)]
    lines = {each.lineno for each in reads if _sent_by(source, each) is call}
    return tuple(sorted(lines - set(range(call.lineno, (call.end_lineno or call.lineno) + 1))))


def _is_whole(source: Source, read: ast.Call) -> bool:
    """`file.read()` of `open(path, "rb")`, or `path.read_bytes()`."""
    method = read.func
    if not isinstance(method, ast.Attribute) or read.args or read.keywords:
        return False
    if method.attr == "read_bytes":
        return True
    made = made_by(source, method.value) if method.attr == "read" else []
    return bool(made) and all("b" in (open_mode(source, each) or "") for each in made)


def _sent_by(source: Source, read: ast.Call) -> ast.Call | None:
    """The request in whose body a value stands, itself, within tuples and dicts, or by a name of its own."""
    node: ast.expr = read
    for _ in range(_MOST_STEPS):
        above = source.parent(node)
        if isinstance(above, (ast.Tuple, ast.List, ast.Dict)):
            node = above
        elif isinstance(above, ast.keyword):
            call = source.parent(above)
            return call if isinstance(call, ast.Call) and _sends(source, call, above.arg) else None
        elif isinstance(above, (ast.Assign, ast.AnnAssign)):
            uses = single_uses(source, node)
            if uses is None or len(uses) != 1:
                return None
            node = uses[0].place
        else:
            return None
    return None


def _sends(source: Source, call: ast.Call, name: str | None) -> bool:
    if name in _STORED:
        return isinstance(call.func, ast.Attribute) and call.func.attr in (
            "put_object",
            "upload_part",
        )
    return name in _BODIES and library_of(source, call, source.dotted(call.func)) != ""
