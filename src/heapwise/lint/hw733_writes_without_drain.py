"""HW733: a coroutine writes and never waits for the other end.

`writer.write(data)` of an `asyncio.StreamWriter`, or of a transport, never blocks: what a slow reader has not taken yet
is kept in the transport's buffer, which has no end.

What to do: `await writer.drain()` after each write, or each batch; of a transport, stop in `pause_writing()` of the
protocol, and go on in `resume_writing()`. Costs: a writer that waits for the other end. Said only where a recording
tells how much the buffer was. Clean: loops that drain, themselves or by a function that they await; a few writes and
one drain; clients that await the answer to each before they send the next.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.appended import makers_of
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import FunctionNode, Source, parameters

CODE = "HW733"
TITLE = "writes that never wait"
SIZED = True
NEEDS = ("asyncio",)
_OPENERS = {"asyncio.open_connection": 1, "asyncio.open_unix_connection": 1}
_TRANSPORTS = {"create_connection", "create_unix_connection", "connect_write_pipe"}
_SERVERS = {"asyncio.start_server", "asyncio.start_unix_server"}
_KINDS = {"asyncio.StreamWriter": "drain", "asyncio.streams.StreamWriter": "drain"} | dict.fromkeys(
    ("asyncio.Transport", "asyncio.WriteTransport", "asyncio.BaseTransport"), ""
)
_HANDLED = {"pause_writing", "get_write_buffer_size"}
_ANSWERS = {"read", "readline", "readexactly", "readuntil"}
_RUNNERS = ("run_until_complete", "run_forever")
_DEPTH = 2


def look(source: Source) -> Iterator[Hit]:
    """`writer.write(...)` in a loop of coroutines, itself or by the coroutine that does it."""
    known = _writers(source)
    if not known:
        return
    readers = _readers(source)
    for call in source.of(ast.Call):
        method = call.func if isinstance(call.func, ast.Attribute) else None
        if method is None or method.attr not in ("write", "writelines") or len(call.args) != 1:
            continue
        name = ast.unparse(method.value)
        function = source.function(call)
        at = _owner(source, method.value), name
        kind, reader = known.get(at), readers.get(at, "")
        if kind is None or function is None:
            continue
        if not _never_waits(source, call, function, kind=kind, reader=reader):
            continue
        waits = (
            "await writer.drain() after it" if kind else "stop in pause_writing() of its protocol"
        )
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} keeps in the buffer all that is not read yet",
            saves=Saves.WHOLE, fix=waits.replace("writer", name), also=_made_at(source, call, function),
        )  # fmt: skip


def _made_at(source: Source, call: ast.Call, function: FunctionNode) -> tuple[int, ...]:
    """The lines that make what is written, which the buffer keeps as it is from Python 3.12 on, and those that run the
    loop, below which a buffer shrinks."""
    made, heads = makers_of([call.args[0]], function)
    found = {line for first, last in made for line in range(first, last + 1)} | {*heads}
    for each in source.of(ast.Call):
        method = each.func.attr if isinstance(each.func, ast.Attribute) else ""
        if source.dotted(each.func) == "asyncio.run" or method in _RUNNERS:
            found.add(each.lineno)
    return tuple(sorted(found - {call.lineno}))


def _owner(source: Source, place: ast.expr) -> ast.AST | None:
    """Whose name it is: a function's, or of attributes a class's."""
    return source.class_of(place) if isinstance(place, ast.Attribute) else source.function(place)


def _writers(source: Source) -> dict[tuple[ast.AST | None, str], str]:
    """(function or class, name) -> the method to wait by, of all that is plainly a writer; empty of transports."""
    found: dict[tuple[ast.AST | None, str], str] = {}
    for _, targets, value in source.bindings:
        inner = value.value if isinstance(value, ast.Await) else value
        name = source.called(inner)
        method = getattr(getattr(inner, "func", None), "attr", "")
        [target, *_] = targets
        if not isinstance(target, ast.Tuple) or len(target.elts) != 2:
            continue
        if name in _OPENERS:
            found[_owner(source, target.elts[1]), ast.unparse(target.elts[1])] = "drain"
        elif method in _TRANSPORTS:
            found[_owner(source, target.elts[0]), ast.unparse(target.elts[0])] = ""
    served = _served(source)
    for function in source.functions:
        taken = parameters(function)
        for each in taken:
            kind = _KINDS.get(source.dotted(each.annotation))
            if kind is not None:
                found[function, each.arg] = kind
        own = [each for each in taken if each.arg not in ("self", "cls")]
        if function.name in served and len(own) >= 2:
            found[function, own[1].arg] = "drain"
        elif function.name == "connection_made" and len(own) == 1:
            found[function, own[0].arg] = ""
    grown = -1
    while grown != len(found):  # names of names
        grown = len(found)
        for _, targets, value in source.bindings:
            kind = found.get((_owner(source, value), ast.unparse(value))) if isinstance(
                value, (ast.Name, ast.Attribute)
            ) else None  # fmt: skip
            if (
                kind is not None
                and len(targets) == 1
                and isinstance(targets[0], (ast.Name, ast.Attribute))
            ):
                found.setdefault((_owner(source, targets[0]), ast.unparse(targets[0])), kind)
    return found


def _readers(source: Source) -> dict[tuple[ast.AST | None, str], str]:
    """(function or class, name of a writer) -> the reader of the same connection, which this side has opened."""
    found: dict[tuple[ast.AST | None, str], str] = {}
    for _, [target, *_], value in source.bindings:
        inner = value.value if isinstance(value, ast.Await) else value
        if source.called(inner) not in _OPENERS or not isinstance(target, ast.Tuple):
            continue
        if len(target.elts) == 2:
            reader, writer = target.elts
            found[_owner(source, writer), ast.unparse(writer)] = ast.unparse(reader)
    return found


def _served(source: Source) -> set[str]:
    """The functions and methods that are called with the streams of each connection."""
    given = [
        call.args[0]
        for call in source.of(ast.Call)
        if source.dotted(call.func) in _SERVERS and call.args
    ]
    return {
        each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in given
    }


def _never_waits(
    source: Source, call: ast.Call, function: FunctionNode, *, kind: str, reader: str
) -> bool:
    """Whether a write is done again and again, and nothing around it waits: reader gives what answers it."""
    if not kind:
        names = {n.attr for n in source.of(ast.Attribute)} | {
            each.name for each in source.functions
        }
        return bool(_loops(source, call, function, _DEPTH)) and not names & _HANDLED
    if not isinstance(function, ast.AsyncFunctionDef) and source.loop(call) is not None:
        return False  # who calls it may wait
    loops = _loops(source, call, function, _DEPTH)
    return bool(loops) and not any(
        _waits(source, each, _DEPTH) or _is_answered(each, reader) for each in loops
    )


def _is_answered(node: ast.AST, reader: str) -> bool:
    """Whether an answer is awaited there."""
    return bool(reader) and any(
        isinstance(each, ast.Await) and isinstance(each.value, ast.Call)
        and isinstance(method := each.value.func, ast.Attribute)
        and method.attr in _ANSWERS and ast.unparse(method.value) == reader
        for each in ast.walk(node)
    )  # fmt: skip


def _loops(source: Source, node: ast.AST, function: FunctionNode, depth: int) -> list[ast.AST]:
    """The innermost loop that repeats a node, and with it the function around where that is called in loops; nothing
    where it is not repeated."""
    loop = source.loop(node)
    if loop is not None:
        return [loop]
    if not depth:
        return []
    found: list[ast.AST] = []
    for call in source.of(ast.Call):
        called = (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        if called != function.name or len(source.functions_named[called]) != 1:
            continue
        around = source.function(call)
        outer = _loops(source, call, around, depth - 1) if around is not None else []
        if outer:
            found += [function, *outer]
    return found


def _waits(source: Source, node: ast.AST, depth: int) -> bool:
    """Whether something drains there, or in a function of the module that is called there."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and each.attr in ("drain", "wait_closed"):
            return True
        if not isinstance(each, ast.Call) or not depth:
            continue
        name = (
            each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
        )
        for function in source.functions_named.get(name, ()):
            if function is not node and _waits(source, function, depth - 1):
                return True
    return False
