"""What a program does with a container of its own, by its source: what puts in, takes out, and goes through it."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass, field

from heapwise.analyze.kept_at import FILLS, FILLS_ITS_FIRST, LEADS_ON, Name, places_of
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource
from heapwise.analyze.statement import last_name

_TAKES = frozenset(
    ("pop", "popleft", "popitem", "remove", "discard", "clear", "difference_update", "move_to_end")
)
_TAKES_OUT_OF = frozenset(("heappop", "heappushpop", "heapreplace"))
_TAKES_FIRST = _TAKES_OUT_OF | {"popleft"}
LOOKS = frozenset(("len", "bool", "sum", "min", "max", "any", "all", "print", "repr", "str"))
_COPIES = frozenset(
    ("list", "tuple", "set", "sorted", "reversed", "iter", "enumerate", "dict", "filter", "next")
)
_MAKERS = ("__init__", "__new__", "setUp", "__post_init__", "setUpClass", "__attrs_post_init__")
_DEPTH = 6


@dataclass
class Uses:
    """Places: fills: that put something in. takes: that take something out, or drop all. walks: that go through it, or
    through what stands in it. asks: that read an entry. newest: those of them that ask for `[-1]` alone. last:
    those that ask for the last ones, `[-20:]`. best: those that ask for the least or the largest. tests: that ask
    for its length, or whether a key is there. escapes: that hand it on to where it is not seen. hands: the same of
    an entry."""

    fills: list[ast.expr] = field(default_factory=list)
    takes: list[ast.expr] = field(default_factory=list)
    walks: list[ast.expr] = field(default_factory=list)
    asks: list[ast.expr] = field(default_factory=list)
    newest: list[ast.expr] = field(default_factory=list)
    last: list[ast.expr] = field(default_factory=list)
    best: list[ast.expr] = field(default_factory=list)
    tests: list[ast.expr] = field(default_factory=list)
    escapes: list[ast.expr] = field(default_factory=list)
    hands: list[ast.expr] = field(default_factory=list)


def uses_of(source: ProgramSource, name: Name) -> Uses:
    """Of a container under a name, and of the containers in it."""
    found = Uses()
    for place in places_of(source, name):
        _look(source, place, place, found, _DEPTH)
    return found


def last_count(source: ProgramSource, uses: Uses) -> int:
    """How many of the last ones are asked for at most; 0 where that is not known, 1 where none are."""
    above = [_copy_of(source, place) for place in uses.last]
    counts = [
        _last_count(source, each.slice) if isinstance(each, ast.Subscript) else 0 for each in above
    ]
    return max(counts, default=1) if all(counts) else 0


def _copy_of(source: ProgramSource, place: ast.expr) -> ast.AST | None:
    """What stands around a place, or around copies of what is there: of `list(x)[-3:]` the subscript."""
    above = source.above(place)
    while isinstance(above, ast.Call) and last_name(above.func) in _COPIES:
        above = source.above(above)
    return above


def takes_first(source: ProgramSource, uses: Uses) -> bool:
    """Whether what stands first in a container is taken out: it is a queue."""
    return any(_stands_in_call(source, place, _TAKES_FIRST) for place in uses.takes)


def _stands_in_call(source: ProgramSource, place: ast.expr, names: Collection[str]) -> bool:
    node: ast.AST | None = place
    while isinstance(node, ast.expr):
        if isinstance(node, ast.Call) and last_name(node.func) in names:
            return True
        node = source.above(node)
    return False


def _look(source: ProgramSource, place: ast.expr, node: ast.expr, found: Uses, depth: int) -> None:
    """node: what leads on from the place, where it stands."""
    above = source.above(node)
    context = getattr(node, "ctx", None)
    if not depth:
        found.escapes.append(place)
    elif isinstance(context, ast.Del):
        found.takes.append(place)
    elif isinstance(context, ast.Store):
        _stored(source, place, node, found)
    elif isinstance(above, ast.Attribute):
        _method(source, place, above, found, depth)
    elif isinstance(above, ast.Subscript) and above.value is node:
        _entry(source, place, above, found, depth)
    elif isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)) and above.iter is node:
        found.walks.append(place)
        _named_on(source, place, above.target, above, found, depth)
    elif isinstance(above, (ast.Assign, ast.NamedExpr)) and above.value is node:
        for target in above.targets if isinstance(above, ast.Assign) else [above.target]:
            if isinstance(target, (ast.Attribute, ast.Subscript)):
                found.escapes.append(place)
            else:
                _named_on(source, place, target, above, found, depth)
    elif isinstance(above, ast.AugAssign):
        (found.fills if above.target is node else found.asks).append(place)
    elif isinstance(above, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If, ast.While, ast.IfExp)):
        found.tests.append(place)
    elif isinstance(above, ast.Call) and node in above.args:
        _argument(source, place, node, above, found, depth)
    elif not isinstance(above, ast.Expr):
        (found.escapes if node is place else found.hands).append(place)


def _stored(source: ProgramSource, place: ast.expr, node: ast.expr, found: Uses) -> None:
    """What a place binds: made anew where it is no constructor's."""
    scope = source.scope_of(node)
    if node is not place:
        found.fills.append(place)
    elif (
        isinstance(scope, FUNCTIONS)
        and scope.name not in _MAKERS
        and isinstance(place, ast.Attribute)
    ):
        found.takes.append(place)


def _method(
    source: ProgramSource, place: ast.expr, method: ast.Attribute, found: Uses, depth: int
) -> None:
    call = source.above(method)
    if not isinstance(call, ast.Call) or call.func is not method:
        found.asks.append(place)  # an attribute of what stands there
        return
    if method.attr in FILLS:
        found.fills.append(place)
    if method.attr in _TAKES:
        found.takes.append(place)
    elif method.attr in LEADS_ON and not isinstance(source.above(call), ast.Expr):
        _through(source, place, call, found, depth, of_all=method.attr in ("values", "items"))
    elif method.attr not in FILLS:
        found.asks.append(place)


def _through(
    source: ProgramSource, place: ast.expr, entry: ast.expr, found: Uses, depth: int, *, of_all: bool = False
) -> None:  # fmt: skip
    """What is done with an entry: one that is only filled is not read. of_all: with all of them."""
    inner = Uses()
    _look(source, place, entry, inner, depth - 1)
    if not of_all:
        inner.asks += inner.walks
        inner.walks = []
    used = {name: places for name, places in vars(inner).items() if places}
    if set(used) != {"fills"}:
        found.asks.append(place)
    for name, places in used.items():
        getattr(found, name).extend(places)


def _entry(
    source: ProgramSource, place: ast.expr, entry: ast.Subscript, found: Uses, depth: int
) -> None:
    if isinstance(entry.ctx, ast.Load):
        _through(source, place, entry, found, depth)
        if ast.unparse(entry.slice) == "-1":
            found.newest.append(place)
        elif _last_count(source, entry.slice):
            found.last.append(place)
    elif isinstance(entry.ctx, ast.Del) or isinstance(entry.slice, ast.Slice):
        found.takes.append(place)
    else:
        found.fills.append(place)


def _last_count(source: ProgramSource, part: ast.expr) -> int:
    """20 of `[-20:]`, or of `[-WINDOW:]` where one number is assigned to that name; 0 of what is not known."""
    if (
        not isinstance(part, ast.Slice)
        or part.upper
        or part.step
        or not isinstance(part.lower, ast.UnaryOp)
    ):
        return 0
    count = part.lower.operand
    if isinstance(count, (ast.Name, ast.Attribute)):
        given = [
            each.value
            for each in source.of(ast.Assign)
            if any(last_name(t) == last_name(count) for t in each.targets)
        ]
        count = given[0] if len(given) == 1 else count
    known = isinstance(count, ast.Constant) and isinstance(count.value, int)
    return count.value if known else 0  # type: ignore[attr-defined]


def _named_on(
    source: ProgramSource, place: ast.expr, target: ast.expr, at: ast.AST, found: Uses, depth: int
) -> None:
    """The uses of the names that what stands there is bound to, in the same function."""
    names = {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
    scope = source.scope_of(at)
    for each in ast.walk(scope):
        if isinstance(each, ast.Name) and each.id in names and not isinstance(each.ctx, ast.Store):
            inner = Uses()
            _look(source, each, each, inner, depth - 1)
            for of_name, of_place in ((inner.fills, found.fills), (inner.takes, found.takes)):
                if of_name:
                    of_place.append(place)
            found.asks.append(place)


def _argument(
    source: ProgramSource, place: ast.expr, node: ast.expr, call: ast.Call, found: Uses, depth: int
) -> None:
    called = last_name(call.func)
    if called in FILLS_ITS_FIRST and call.args[0] is node:
        found.fills.append(place)
    elif called in _TAKES_OUT_OF and call.args[0] is node:
        found.takes.append(place)
    elif called in _COPIES:
        _look(source, place, call, found, depth - 1)
    elif called in ("min", "max") and node is place:
        found.asks.append(place)
        found.best.append(place)
    elif called in LOOKS:
        (found.tests if called in ("len", "bool") else found.asks).append(place)
    elif node is not place:
        found.hands.append(place)
    elif (names := _names_in_function(source, node, call)) is not None:
        for each in names:
            _look(source, each, each, found, max(0, depth - 2))
    else:
        found.escapes.append(place)


def _names_in_function(
    source: ProgramSource, node: ast.expr, call: ast.Call
) -> list[ast.expr] | None:
    """Where a function of the program, the only one of its name, names what it is given; None where that is not known,
    or where it gives the name another value."""
    named = [each for each in source.functions if each.name == last_name(call.func)]
    if len(named) != 1 or call.keywords or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    taken = named[0].args
    names = [each.arg for each in (*taken.posonlyargs, *taken.args)]
    is_method = names[:1] == ["self"]
    of_self = isinstance(call.func, ast.Attribute) and last_name(call.func.value) == "self"
    if is_method != of_self or not (of_self or isinstance(call.func, ast.Name)):
        return None
    names = names[is_method:]
    at = next(i for i, each in enumerate(call.args) if each is node)
    if at >= len(names):
        return None
    found = [
        each for each in ast.walk(named[0]) if isinstance(each, ast.Name) and each.id == names[at]
    ]
    return [*found] if all(isinstance(each.ctx, ast.Load) for each in found) else None
