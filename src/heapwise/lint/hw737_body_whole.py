"""HW737: an answer's whole body is in memory, and only written out, or gone through in chunks.

`requests.get(url)` reads all of the body before it returns, and joins its chunks, whatever is done with it then:
`iter_content`, too, only cuts up what is there.

What to do: `requests.get(url, stream=True)` in a `with`, and `iter_content(1 << 16)` or `iter_lines()`; `httpx.stream`
and `iter_bytes()` (in a generator that gives one body as its only piece, too), with `digest.update(chunk)` beside the
write; of `urlopen(url)`, `shutil.copyfileobj(response, file)`. Costs: the connection is busy until the body has been
read. Said only where a recording tells how much it is. Clean: bodies that are parsed or kept; answers that are
streamed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.calls import called_function
from heapwise.lint.flow import files, open_mode, reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, keyword, names_in
from heapwise.lint.texts import made_by, split_by, takes_lines
from heapwise.lint.uses import Use, all_uses, single_uses, uses_of_target
from heapwise.lint.writers import NAMED_AS_FILE

CODE = "HW737"
TITLE = "a body in memory to be written out"
SIZED = True
NEEDS = ("requests", "httpx", "urlopen", "urllib3")
_VERBS = {"get", "post", "put", "patch", "request", "send"}
_LIBRARIES = {"requests", "httpx", "requests.api"}
_SESSIONS = {
    "requests.Session",
    "requests.session",
    "requests.sessions.Session",
    "httpx.Client",
    "httpx.AsyncClient",
}
_NAMED = re.compile(r"(^|_)(session|client|http|sess|s)$")
_ASKED = {
    "raise_for_status", "status_code", "headers", "ok", "url", "close", "reason", "elapsed", "encoding", "is_error",
    "is_success", "history", "cookies", "apparent_encoding", "request", "num_bytes_downloaded",
}  # fmt: skip
_KEEPING = {"append", "extend", "add", "put"}
_PIECES = {
    "iter_content",
    "iter_lines",
    "iter_bytes",
    "iter_text",
    "aiter_bytes",
    "aiter_lines",
    "aiter_text",
}
_OF_ANSWERS = {"iter_content", "content"}
"""What tells an answer of requests or httpx."""
_STREAMS = {"httpx": "httpx.stream(...), and iter_bytes()"}
_WRITE_WHOLE = ("write_bytes", "write_text")


def look(source: Source) -> Iterator[Hit]:
    """Answers that are read whole, of which the pieces are gone through, or the whole is written to a file."""
    known = files(source)
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name == "urllib.request.urlopen":
            yield from _of_urlopen(source, call, known)
            continue
        library = library_of(source, call, name)
        if not library or _is_streamed(call):
            continue
        uses = _uses(source, call)
        taken = [each for each in uses or () if _is_taken(source, each)]
        if uses is None or not taken or any(each.repeated for each in taken):
            continue
        also: set[int] = set()
        pieces = (
            _goes_through(source, taken[0].place, known, also)
            if len(taken) == 1
            else _is_passed_on(source, [each.place for each in taken], known, also)
        )
        if pieces and (library != "?" or pieces in _OF_ANSWERS):
            also -= set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} reads all of the body, and joins it, before it gives it",
                saves=Saves.THROUGH, also=tuple(sorted(also)),
                fix=_STREAMS.get(library, "stream=True, and iter_content(1 << 16)"),
            )  # fmt: skip


def library_of(source: Source, call: ast.Call, name: str) -> str:
    """`requests` or `httpx`, `?` where only what is done with the answer may tell; empty for other calls."""
    module, _, verb = name.rpartition(".")
    if verb in _VERBS and module in _LIBRARIES:
        return module.split(".")[0]
    method = call.func
    if not isinstance(method, ast.Attribute) or method.attr not in _VERBS:
        return ""
    owner = method.value
    made = _given_by(source, owner) if isinstance(owner, ast.Call) else made_by(source, owner)
    if isinstance(owner, ast.Attribute):
        text = ast.unparse(owner)
        made = [
            value
            for _, targets, value in source.bindings
            if any(ast.unparse(t) == text for t in targets)
        ]
    named = {source.called(each) or source.dotted(each) for each in made}
    if named and named <= _SESSIONS:
        return next(iter(named)).split(".")[0]
    said = last_name(owner.func if isinstance(owner, ast.Call) else owner)
    return "?" if _NAMED.search(said) else ""


def _given_by(source: Source, call: ast.Call) -> list[ast.expr]:
    """What a function of the module returns, or the call itself."""
    function, _ = called_function(source, call)
    returned = source.returned(function) if function is not None else []
    return [made for each in returned if each is not None for made in made_by(source, each)] or [
        call
    ]


def _is_streamed(call: ast.Call) -> bool:
    """Whether a call asks for a stream, or may do so."""
    asked = keyword(call, "stream")
    off = isinstance(asked, ast.Constant) and asked.value is False
    return any(each.arg is None for each in call.keywords) or (asked is not None and not off)


def _uses(source: Source, call: ast.Call) -> list[Use] | None:
    """What is done with the answer, in a `with` of its own, too."""
    node: ast.expr = call
    above = source.parent(node)
    if isinstance(above, ast.Await):
        node, above = above, source.parent(above)
    if isinstance(above, ast.withitem) and above.optional_vars is not None:
        return uses_of_target(source, above.optional_vars)
    return all_uses(source, node)


def _is_taken(source: Source, use: Use) -> bool:
    above = source.parent(use.place)
    asked = isinstance(above, ast.Attribute) and above.value is use.place and above.attr in _ASKED
    return not (asked or isinstance(above, (ast.If, ast.UnaryOp)))


def _goes_through(
    source: Source, place: ast.expr, known: dict[tuple[ast.AST, str], bool], also: set[int]
) -> str:
    """The attribute by which the body of an answer is gone through, or written to a file; empty where it is used
    otherwise. also: lines that make it anew, to be filled."""
    above = source.parent(place)
    if not isinstance(above, ast.Attribute) or above.value is not place:
        return ""
    outer = source.parent(above)
    if above.attr in _PIECES and isinstance(outer, ast.Call) and outer.func is above:
        found = single_uses(source, outer)
        if (
            found is not None
            and len(found) == 1
            and reads_once(source, outermost(source, found[0].place))
        ):
            return above.attr if _lets_go(source, outermost(source, found[0].place)) else ""
        return ""
    if above.attr not in ("content", "text"):
        return ""
    if _is_passed_on(source, [place], known, also) or _is_only_block(source, above):
        also.add(above.lineno)
        return above.attr
    return above.attr if _is_split(source, above, also) else ""


def _is_passed_on(
    source: Source,
    places: list[ast.expr],
    known: dict[tuple[ast.AST, str], bool],
    also: set[int],
) -> str:
    """The attribute, where all that is done with the bodies that stand at some places is to write each to a file, or to
    hash it; else empty. also: lines of what is asked, to be filled."""
    bodies = [source.parent(place) for place in places]
    asked = {each.attr for each in bodies if isinstance(each, ast.Attribute)}
    if len(asked) != 1 or not asked <= {"content", "text"}:
        return ""
    for body in bodies:
        uses = all_uses(source, body) if isinstance(body, ast.Attribute) else None
        if not uses or any(
            use.repeated
            or not (_is_written_at(source, use.place, known) or _is_hashed_at(source, use.place))
            for use in uses
        ):
            return ""
        also.add(body.lineno)  # type: ignore[union-attr]
    return asked.pop()


def _is_only_block(source: Source, body: ast.expr) -> bool:
    """Whether a generator gives it as the only one of its pieces."""
    function = source.function(body)
    if function is None or not isinstance(source.parent(body), ast.Yield) or source.loop(body):
        return False
    given = [n for n in ast.walk(function) if isinstance(n, (ast.Yield, ast.YieldFrom))]
    return len(given) == 1 and "contextmanager" not in {
        last_name(each) for each in function.decorator_list
    }


def _lets_go(source: Source, place: ast.expr) -> bool:
    """Whether no list is made of the pieces."""
    loop = source.parent(place)
    if not isinstance(loop, (ast.For, ast.AsyncFor)):
        return True
    names = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
    for node in (n for each in loop.body for n in ast.walk(each)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _KEEPING:
            if names.isdisjoint(name for each in node.args for name in names_in(each)):
                continue
            return False
        if (
            isinstance(node, ast.AugAssign)
            and isinstance(node.value, ast.Name)
            and node.value.id in names
        ):
            return False
    return True


def _is_split(source: Source, body: ast.Attribute, also: set[int]) -> bool:
    """Whether the lines of bytes are gone through once; those of texts are said by another rule."""
    calls = split_by(source, body) if body.attr != "text" else []
    also |= {call.lineno for call in calls}
    lines = single_uses(source, calls[-1]) if calls else None
    return lines is not None and len(lines) == 1 and takes_lines(source, lines[0].place)


def _is_written(source: Source, body: ast.expr, known: dict[tuple[ast.AST, str], bool]) -> bool:
    """Whether a file is given it as it is, or what is copied to a file is made of it."""
    found = single_uses(source, body)
    return found is not None and len(found) == 1 and _is_written_at(source, found[0].place, known)


def _is_hashed_at(source: Source, place: ast.expr) -> bool:
    """Whether `hashlib.sha256(...)` or `digest.update(...)` is given it."""
    call = source.parent(place)
    if not isinstance(call, ast.Call) or call.args[:1] != [place]:
        return False
    names = {source.dotted(call.func)}
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        names = {source.called(each) for each in made_by(source, call.func.value)}
    return bool(names) and all(each.startswith("hashlib.") for each in names)


def _is_written_at(source: Source, place: ast.expr, known: dict[tuple[ast.AST, str], bool]) -> bool:
    call = source.parent(place)
    if not isinstance(call, ast.Call) or call.args[:1] != [place]:
        return False
    if source.dotted(call.func) == "io.BytesIO":
        outer = source.parent(call)
        return isinstance(outer, ast.Call) and source.dotted(outer.func) == "shutil.copyfileobj"
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in _WRITE_WHOLE:
        return True
    file = call.func.value
    if call.func.attr != "write" or len(call.args) != 1:
        return False
    if isinstance(file, ast.Name):
        return (
            (source.function(call) or source.tree, file.id) in known
            or _is_temporary(source, file)
            or _is_given(source, call, file)
        )
    return open_mode(source, file) is not None


def _is_given(source: Source, call: ast.Call, file: ast.Name) -> bool:
    """Whether it is a parameter that is named as files are."""
    function = source.function(call)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    arguments = function.args
    given = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    return file.id in given and NAMED_AS_FILE.search(file.id) is not None


def _is_temporary(source: Source, file: ast.Name) -> bool:
    made = {source.called(each) for each in made_by(source, file)}
    return bool(made) and all(each.startswith("tempfile.") for each in made)


def _of_urlopen(
    source: Source, call: ast.Call, known: dict[tuple[ast.AST, str], bool]
) -> Iterator[Hit]:
    """`file.write(urlopen(url).read())`, itself or by names."""
    for read in source.of(ast.Call):
        method = read.func
        if (
            not isinstance(method, ast.Attribute)
            or method.attr != "read"
            or read.args
            or read.keywords
        ):
            continue
        owner = method.value
        made = made_by(source, owner)
        if len(made) != 1 or made[0] is not call:
            continue
        if _is_written(source, read, known):
            above = source.parent(read)
            bound = isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name)
            use = only_use(source, above, above.targets[0].id) if bound else None  # type: ignore
            lines = {use.lineno} if use is not None else set()
            yield hit(
                source, read, CODE, TITLE, f"{shown(read)} holds the whole body until it is written",
                saves=Saves.WHOLE, fix="shutil.copyfileobj(response, file)", also=tuple(sorted(lines - {read.lineno})),
            )  # fmt: skip
