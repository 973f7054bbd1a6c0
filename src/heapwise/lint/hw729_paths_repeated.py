"""HW729: each path repeats the one before it.

A search that keeps a path for every place that it reaches, `paths[other] = paths[cell] + [other]` or
`queue.append((other, path + [other]))`, copies the whole way for one more step: n places at a depth of d take n x d
pointers.

What to do: keep where each place was reached from (`parent[other] = cell`), and go back along it for the path that is
asked for; where there are several paths to a place, pairs that share what is before, `(other, before)`. Costs: the path
is worked out when it is asked for. Said only where a recording tells how much it is. Clean: paths that are results, all
of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.calls import is_own
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import (
    LOOPS,
    FunctionNode,
    Source,
    is_self_attribute,
    names_in,
    self_name,
)

CODE = "HW729"
TITLE = "each path repeats the one before it"
SIZED = True
NEEDS = ("+ [", "+ (", "[*", "(*")
_GIVES = {"append", "appendleft", "put", "put_nowait", "push"}
_TAKES = {"pop", "popleft", "get", "get_nowait"}
_READS = {"get", "pop"}
_GATHERS = {"append", "add", "insert", "extend"}
_MADE = {
    "dict",
    "list",
    "collections.deque",
    "collections.defaultdict",
    "queue.Queue",
    "collections.OrderedDict",
}


def look(source: Source) -> Iterator[Hit]:
    """Longer paths that are put where the shorter one came from, in a loop."""
    nodes: list[ast.expr] = [*source.of(ast.BinOp), *source.of(ast.List), *source.of(ast.Tuple)]
    for node in nodes:
        before = _before(node)
        function = source.function(node)
        if before is None or function is None or not _is_repeated(source, node, function):
            continue
        place = _dict(source, node) or _queue(source, node)
        if (
            place
            and _comes_from(source, function, before, place)
            and _only_looked_up(source, function, place)
        ):
            yield hit(
                source, node, CODE, TITLE, f"{shown(node)} copies the whole way for one step more, for each in {place}",
                saves=Saves.WHOLE, fix="parent[other] = cell; go back along it for the path that is asked for",
            )  # fmt: skip


def _is_repeated(source: Source, node: ast.expr, function: FunctionNode) -> bool:
    """Whether it stands in a loop, or in a function that a loop calls."""
    if isinstance(source.loop(node), LOOPS):
        return True
    return any(
        last_name(call.func) == function.name and isinstance(source.loop(call), LOOPS)
        for call in source.of(ast.Call)
    )


def _before(node: ast.expr) -> ast.expr | None:
    """The path that another makes longer: `path + [x]`, `[*path, x]`."""
    if isinstance(node, ast.BinOp):
        longer = isinstance(node.op, ast.Add) and isinstance(node.right, (ast.List, ast.Tuple))
        return node.left if longer and node.right.elts else None  # type: ignore[attr-defined]
    first = getattr(node, "elts", [])[:1]
    if (
        not first
        or not isinstance(first[0], ast.Starred)
        or not isinstance(getattr(node, "ctx", None), ast.Load)
    ):
        return None
    return first[0].value if len(node.elts) > 1 else None  # type: ignore[attr-defined]


def _dict(source: Source, node: ast.expr) -> str:
    """The dict that it is stored in, of a local or of an attribute."""
    above = source.parent(node)
    if not isinstance(above, ast.Assign) or above.value is not node or len(above.targets) != 1:
        return ""
    target = above.targets[0]
    return _named(source, target.value) if isinstance(target, ast.Subscript) else ""


def _queue(source: Source, node: ast.expr) -> str:
    """The queue, stack or heap that it is put into, alone or in a tuple."""
    item, call = node, source.parent(node)
    if isinstance(call, (ast.Tuple, ast.List)):
        item, call = call, source.parent(call)
    if not isinstance(call, ast.Call) or call.keywords:
        return ""
    pushed = source.dotted(call.func) == "heapq.heappush" and call.args[1:] == [item]
    owner = call.args[0] if pushed else getattr(call.func, "value", None)
    put = isinstance(call.func, ast.Attribute) and call.func.attr in _GIVES and call.args == [item]
    return _named(source, owner) if pushed or put else ""


def _named(source: Source, node: ast.expr | None) -> str:
    """`paths`, or `self.paths`; empty for other expressions."""
    if isinstance(node, ast.Name):
        return node.id
    function = source.function(node) if node is not None else None
    own = function is not None and is_self_attribute(node, self_name(function))
    return ast.unparse(node) if own and node is not None else ""


def _comes_from(source: Source, function: FunctionNode, before: ast.expr, place: str) -> bool:
    """Whether a path was taken out of, or read from, where the longer one goes."""
    if not isinstance(before, ast.Name):
        return _reads_from(source, before, place)
    bound = [
        (targets, value) for statement, targets, value in source.bindings
        if source.function(statement) is function
        and any(before.id in names_in(each) and not isinstance(each, ast.Subscript) for each in targets)
    ]  # fmt: skip
    return bool(bound) and all(_reads_from(source, value, place) for _, value in bound)


def _reads_from(source: Source, value: ast.expr, place: str) -> bool:
    """`place[x]`, `place.popleft()`, `heapq.heappop(place)`."""
    if isinstance(value, ast.Subscript):
        return _named(source, value.value) == place
    if not isinstance(value, ast.Call):
        return False
    if source.dotted(value.func) == "heapq.heappop":
        return bool(value.args) and _named(source, value.args[0]) == place
    taken = isinstance(value.func, ast.Attribute) and value.func.attr in _TAKES
    return taken and _named(source, value.func.value) == place  # type: ignore[attr-defined]


def _only_looked_up(source: Source, function: FunctionNode, place: str) -> bool:
    """Whether a local, or an attribute, is only asked for one thing at a time, and nobody sees all that is in it."""
    if "." in place:
        return _is_looked_up_everywhere(source, place.partition(".")[2])
    bound = False
    for node in ast.walk(function):
        if isinstance(node, (ast.Global, ast.Nonlocal)) and place in node.names:
            return False
        if not isinstance(node, ast.Name) or node.id != place:
            continue
        bound |= isinstance(node.ctx, ast.Store)
        if isinstance(node.ctx, ast.Load) and not _is_looked_up(source, node):
            return False
    return bound


def _is_looked_up_everywhere(source: Source, name: str) -> bool:
    """The same of an attribute, whose ever: all its uses are in sight, and it is made in this module."""
    found = source.attributes.get(name, [])
    stored = [each for each in found if isinstance(each.ctx, ast.Store)]
    return (
        is_own(source, name)
        and name not in source.functions_named
        and name not in {each.name for each in source.of(ast.ClassDef)}
        and bool(stored)
        and all(_is_made(source, each) for each in stored)
        and all(_is_looked_up(source, each) for each in found if isinstance(each.ctx, ast.Load))
    )


def _is_made(source: Source, target: ast.Attribute) -> bool:
    """Whether an attribute is bound to a container that nobody else has."""
    above = source.parent(target)
    if not isinstance(above, (ast.Assign, ast.AnnAssign)):
        return False
    if isinstance(above, ast.Assign) and len(above.targets) != 1:
        return False
    made = (ast.Dict, ast.DictComp, ast.List, ast.ListComp)
    return isinstance(above.value, made) or source.called(above.value) in _MADE


def _is_looked_up(source: Source, node: ast.expr) -> bool:
    above = source.parent(node)
    if isinstance(above, ast.Subscript):
        one = above.value is node and not isinstance(above.slice, ast.Slice)
        return one and not _is_gathered(source, above)
    if isinstance(above, ast.Attribute):
        return above.attr in _GIVES | _TAKES | _READS | {"empty", "qsize"}
    if isinstance(above, ast.Compare):
        return above.left is not node
    if isinstance(above, ast.Call):
        name = source.dotted(above.func)
        return name in ("len", "bool", "heapq.heappush", "heapq.heappop", "heapq.heapify")
    tests = isinstance(above, (ast.While, ast.If)) and above.test is node
    return tests or isinstance(above, (ast.BoolOp, ast.UnaryOp))


def _is_gathered(source: Source, read: ast.Subscript) -> bool:
    """Whether paths are gathered, one after the other: those are results."""
    above = source.parent(read)
    if isinstance(above, ast.DictComp):
        return above.value is read
    if isinstance(above, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        return above.elt is read
    if above is None or source.loop(above) is None:
        return False
    if isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute):
        return above.func.attr in _GATHERS and read in above.args
    if isinstance(above, ast.Assign) and above.value is read:
        return any(isinstance(each, (ast.Subscript, ast.Attribute)) for each in above.targets)
    return isinstance(above, (ast.Yield, ast.YieldFrom))
