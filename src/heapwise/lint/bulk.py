"""Classes whose instances are made in great number, and what their instances hold."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from heapwise.lint.source import (
    COMPREHENSIONS,
    LOOPS,
    Source,
    is_self_attribute,
    is_true,
    keyword,
    methods,
    self_name,
)

_STREAMS = {
    "open",
    "csv.reader",
    "csv.DictReader",
    "os.walk",
    "os.scandir",
    "fileinput.input",
    "re.finditer",
}
_STREAM_METHODS = {
    "readlines", "splitlines", "finditer", "itertuples", "iterrows", "fetchall", "iter_lines", "iterdir", "glob",
    "rglob", "stream", "iter_rows", "find", "execute",
}  # fmt: skip
_STREAM_NAMES = re.compile(
    r"(^|_)(lines|rows|records|file|reader|cursor|events|samples|points|users|orders|documents|docs|stream|data|"
    r"parts|chunks|batches|pages|messages|requests|response|tokens|edges|vertices|f|fh|fp|src)$"
)
_KEEPING = {"append", "add", "appendleft", "insert", "put", "setdefault"}
_FEW = 1000


@dataclass(frozen=True)
class Record:
    """A class as its instances are laid out. names: of the attributes, in order. is_dataclass: by the standard
    library's decorator, which is `decorator`. has_slots: its instances have no dict."""

    node: ast.ClassDef
    names: tuple[str, ...]
    decorator: ast.expr | None
    has_slots: bool

    @property
    def is_dataclass(self) -> bool:
        """Whether it is a dataclass of the standard library."""
        return self.decorator is not None


def record(source: Source, owner: ast.ClassDef) -> Record:
    """How instances of a class look."""
    decorator = next((d for d in owner.decorator_list if _is_dataclass(source, d)), None)
    slots = any(
        isinstance(target, ast.Name) and target.id == "__slots__"
        for each in owner.body
        if isinstance(each, ast.Assign)
        for target in each.targets
    )
    if isinstance(decorator, ast.Call):
        given = keyword(decorator, "slots")
        slots = slots or is_true(given)
    names: dict[str, None] = {}
    if decorator is not None:
        for each in owner.body:
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                kind = ast.unparse(each.annotation)
                if not kind.startswith(("ClassVar", "typing.ClassVar", "InitVar")):
                    names[each.target.id] = None
    for method in methods(owner):
        me = self_name(method)
        for node in ast.walk(method):
            if is_self_attribute(node, me) and isinstance(getattr(node, "ctx", None), ast.Store):
                names[node.attr] = None  # type: ignore[attr-defined]
    return Record(owner, tuple(names), decorator, slots)


def made_in_bulk(source: Source, name: str) -> ast.Call | None:
    """A call that makes instances of a class in a loop and keeps them; None where there is none."""
    for place in source.loads.get(name, ()):
        call = source.parent(place)
        if isinstance(call, ast.Call) and call.func is place and _many(source, call):
            return call
    return None


def is_made_in_long_loop(source: Source, call: ast.Call) -> bool:
    """Whether the loop that a call stands in, or that calls its function, is as long as some input."""
    if source.loop(call) is not None:
        return loop_is_long(source, call)
    function = source.function(call)
    places = source.loads.get(function.name, ()) if function is not None else ()
    return any(source.loop(each) is not None and loop_is_long(source, each) for each in places)


def _many(source: Source, call: ast.Call, depth: int = 1) -> bool:
    loop = source.loop(call)
    if loop is not None:
        return _kept(source, call, loop) and not _is_short(source, loop)
    above = source.parent(call)
    function = source.function(call)
    if depth and isinstance(above, ast.Return) and function is not None:
        for place in source.loads.get(function.name, ()):
            caller = source.parent(place)
            if isinstance(caller, ast.Call) and caller.func is place:
                if _many(source, caller, depth - 1):
                    return True
            elif isinstance(caller, ast.Call) and source.called(caller) == "map":
                return True
    return False


def _kept(source: Source, call: ast.Call, loop: ast.AST) -> bool:
    """Whether what is made outlives the turn of the loop."""
    if isinstance(loop, (ast.ListComp, ast.SetComp)):
        return loop.elt is call or source.parent(call) in (loop.elt,)
    if isinstance(loop, ast.DictComp):
        return loop.value is call
    if isinstance(loop, ast.GeneratorExp):
        around = source.parent(loop)
        return loop.elt is call and source.called(around) in ("list", "tuple", "set", "frozenset")
    above = source.parent(call)
    if isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute):
        return above.func.attr in _KEEPING
    if isinstance(above, (ast.Yield, ast.keyword)):
        return isinstance(above, ast.Yield)
    return isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Subscript)


def _is_short(source: Source, loop: ast.AST) -> bool:
    """Whether it is plain to see that a loop turns only a few times."""
    if isinstance(loop, COMPREHENSIONS):
        return all(is_few(source, each.iter) for each in loop.generators)
    return isinstance(loop, LOOPS) and is_few(source, getattr(loop, "iter", None))


def is_few(source: Source, iterated: ast.expr | None) -> bool:
    """Whether an iterable is a literal, or a range of less than a thousand."""
    if isinstance(iterated, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Constant)):
        return True
    if isinstance(iterated, ast.Call) and source.dotted(iterated.func) == "range":
        stops = iterated.args[:2][-1:]
        return all(
            isinstance(s, ast.Constant) and isinstance(s.value, int) and s.value < _FEW
            for s in stops
        )
    return False


def is_stream(source: Source, iterated: ast.expr | None) -> bool:
    """Whether an iterable is as long as some input: a file, a reader, a cursor, a long range; or is called so."""
    if isinstance(iterated, ast.Call):
        name = source.dotted(iterated.func)
        if (
            name in ("enumerate", "iter", "zip", "reversed", "map", "filter", "tqdm.tqdm")
            and iterated.args
        ):
            return is_stream(source, iterated.args[-1 if name in ("map", "filter") else 0])
        if name == "range":
            return not is_few(source, iterated)
        method = iterated.func.attr if isinstance(iterated.func, ast.Attribute) else ""
        return name in _STREAMS or method in _STREAM_METHODS
    name = iterated.id if isinstance(iterated, ast.Name) else getattr(iterated, "attr", "")
    return bool(_STREAM_NAMES.search(str(name)))


def loop_is_long(source: Source, node: ast.AST) -> bool:
    """Whether the loop around a node turns as often as some input is long; `while` loops may."""
    loop = source.loop(node)
    if isinstance(loop, COMPREHENSIONS):
        return any(is_stream(source, each.iter) for each in loop.generators)
    return isinstance(loop, ast.While) or is_stream(source, getattr(loop, "iter", None))


def _is_dataclass(source: Source, node: ast.expr) -> bool:
    named = node.func if isinstance(node, ast.Call) else node
    return source.dotted(named) == "dataclasses.dataclass"
