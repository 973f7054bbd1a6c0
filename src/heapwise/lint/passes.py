"""Lists that are made in one place and gone through in others: once, or several times with no item kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from heapwise.lint.alters import acts_on, alters, attributes_of
from heapwise.lint.calls import parameter_of
from heapwise.lint.consumers import consumes, may_be_read_meanwhile
from heapwise.lint.flow import changes_meanwhile, kept_parts, reads_once
from heapwise.lint.source import COMPREHENSIONS, FunctionNode, Source, names_in
from heapwise.lint.uses import Use, is_length, values

_SIZED = {
    "range",
    "list",
    "sorted",
    "tuple",
    "os.listdir",
    "glob.glob",
    "PIL.ImageSequence.Iterator",
}
_DECODERS = {"PIL.Image.open", "cv2.imread", "imageio.imread", "imageio.v2.imread", "imageio.v3.imread",
             "skimage.io.imread", "matplotlib.image.imread"}  # fmt: skip
_AROUND = {"enumerate", "zip", "tqdm.tqdm", "tqdm.auto.tqdm"}
_DRAWS = re.compile(r"\b(rng|random|default_rng|shuffle|uuid4)\b|\b(next|input|time)\(")
_SMALL = {"str", "int", "float", "bool", "len", "hash", "ord", "round", "os.path.basename"}
_WRITES = {
    "print", "write", "writelines", "writerow", "writerows", "info", "debug", "warning", "send", "execute",
}  # fmt: skip
_CHANGES = {
    "append", "add", "update", "pop", "remove", "clear", "sort", "reverse", "insert", "extend", "shuffle", "fill",
}  # fmt: skip


class Passes(NamedTuple):
    """How a list is gone through. uses: where. once: whether each such list is, once. is_measured: whether its length
    is asked for as well."""

    uses: list[Use]
    once: bool
    is_measured: bool = False

    @property
    def lines(self) -> str:
        """Where, for a reader."""
        numbers = sorted({each.place.lineno for each in self.uses})
        return ("line " if len(numbers) == 1 else "lines ") + ", ".join(map(str, numbers))


def passes_over(
    source: Source, node: ast.expr, made: ast.AST, *, measured: bool = False
) -> Passes | None:
    """How the list that an expression gives is gone through, where all of it is in sight, no pass keeps an item, and
    what the items are made from stays as it is. made: the comprehension, or the loop, that makes the items. measured:
    its length may be asked for, where that is known without it."""
    found = values(source, node)
    every = [use for value in found or () for use in value]
    if found and measured and _has_known_length(source, made):
        found = [[use for use in value if not is_length(source, use.place)] for value in found]
    if not found or not all(found) or _DRAWS.search(ast.unparse(made)):
        return None
    uses = [use for value in found for use in value]
    if any(use.repeated or not _takes(source, use.place, made) for use in uses):
        return None
    if not _leaves_items(source, uses, _item_parts(made)) or any(
        _changes(source, use, made) for use in uses
    ):
        return None
    once = all(len(value) == 1 for value in found)
    if not once and not all(_are_independent(source, value) for value in found):
        return None
    return Passes(uses, once, len(every) > len(uses))


def _has_known_length(source: Source, made: ast.AST) -> bool:
    """Whether a comprehension makes one item of each of what has a length of its own."""
    if not isinstance(made, ast.ListComp) or len(made.generators) != 1:
        return False
    [each] = made.generators
    if each.ifs or _is_of_images(source, made.elt):
        return not each.ifs
    sized: list[ast.AST | None] = [each.iter]
    if isinstance(each.iter, ast.Name):
        bound = (source.parent(node) for _, node in source.binders.get(each.iter.id, ()))
        sized = [getattr(above, "value", None) for above in bound]
    return all(
        isinstance(n, (ast.Attribute, ast.List, ast.Tuple, ast.ListComp)) or source.called(n) in _SIZED for n in sized
    )  # fmt: skip


def outermost(source: Source, place: ast.expr) -> ast.expr:
    """`enumerate(rows)` for `rows`, where that is what is gone through."""
    above = source.parent(place)
    while isinstance(above, ast.Call) and place in above.args and source.called(above) in _AROUND:
        place, above = above, source.parent(above)
    return place


def goes_through(source: Source, place: ast.expr) -> bool:
    """Whether a use goes through the items, once."""
    return reads_once(source, outermost(source, place))


def _is_of_images(source: Source, item: ast.expr) -> bool:
    """Whether an item is an image, decoded, beside which the names of all take nothing."""
    calls = [n for n in ast.walk(item) if isinstance(n, ast.Call)]
    return any(
        source.called(each) in _DECODERS or getattr(each.func, "attr", "") == "convert" for each in calls
    )  # fmt: skip


def _takes(source: Source, place: ast.expr, made: ast.AST) -> bool:
    """Whether a use takes the items one by one: a loop, or a call that could do so as they are made."""
    if goes_through(source, place):
        return True
    return consumes(source, place) and not may_be_read_meanwhile(source, place, made)


def _leaves_items(source: Source, uses: list[Use], parts: list[ast.expr]) -> bool:
    """Whether no pass keeps an item, nor a part that may be large; parts: what an item is put together from."""
    every: set[int] = set()
    for use in uses:
        outer = outermost(source, use.place)
        kept = kept_parts(source, outer)
        if kept is None or (kept and outer is not use.place):
            return False
        if any(i >= len(parts) or not _is_small(source, parts[i]) for i in kept):
            return False
        every |= kept
    return not parts or len(every) < len(parts)


def _item_parts(made: ast.AST) -> list[ast.expr]:
    """What the items are put together from, where they are tuples."""
    items = [n.elt for n in ast.walk(made) if isinstance(n, (ast.ListComp, ast.GeneratorExp))][:1]
    if isinstance(made, ast.stmt):
        items = [
            n.args[0] for n in ast.walk(made)
            if isinstance(n, ast.Call) and n.args and getattr(n.func, "attr", "") == "append"
        ]  # fmt: skip
    return items[0].elts if len(items) == 1 and isinstance(items[0], ast.Tuple) else []


def _is_small(source: Source, node: ast.expr) -> bool:
    """Whether an expression is there anyway, or takes little."""
    if isinstance(node, (ast.Name, ast.Attribute)):
        return True
    return isinstance(node, (ast.Constant, ast.JoinedStr)) or source.called(node) in _SMALL


def _changes(source: Source, use: Use, made: ast.AST) -> bool:
    """Whether what the items are made from may change before, or while, they are read there."""
    own = {n.id for n in ast.walk(made) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    read = names_in(made) - own
    if source.function(use.place) is not source.function(made):
        read = {each for each in read if _is_variable(source, each)}
    if changes_meanwhile(source, outermost(source, use.place), read):
        return True
    maker = source.function(made)
    attributes = attributes_of(source, maker) if maker is not None else set()
    loop = source.parent(outermost(source, use.place))
    body = loop.body if isinstance(loop, (ast.For, ast.AsyncFor)) else []
    made_of = {name for each in use.trail if isinstance(each, ast.Call) for name in _given(each)}
    if alters(source, body, attributes) or acts_on(body, made_of):
        return True
    for begun, ended in _stretches(source, use):
        function = source.function(ended) or source.tree
        last = source.statement(ended)
        given = (_given(begun) - own) if isinstance(begun, ast.Call) else read
        lines = begun.end_lineno or 0, getattr(last, "end_lineno", 0)
        for node in ast.walk(function):
            if lines[0] < getattr(node, "lineno", 0) <= lines[1] and (
                _alters(source, node, given)
                or (isinstance(node, ast.expr) and alters(source, [node], attributes))
            ):
                return True
    return False


def _is_variable(source: Source, name: str) -> bool:
    """Whether the module binds a name to a value that functions may share."""
    return any(
        scope is source.tree and isinstance(node, ast.Name)
        for scope, node in source.binders.get(name, ())
    )


def _given(call: ast.Call) -> set[str]:
    """The names that a call is given; the object, too, whose method it calls, but for `self`."""
    given = [*call.args, *(each.value for each in call.keywords)]
    if isinstance(call.func, ast.Attribute) and "self" not in names_in(call.func):
        given.append(call.func.value)
    return {name for each in given for name in names_in(each)}


def _stretches(source: Source, use: Use) -> Iterator[tuple[ast.expr, ast.expr]]:
    """(where a list comes to a function, where that uses it or hands it on)."""
    for begun, ended in zip(use.trail, [*use.trail[1:], use.place], strict=True):
        made = isinstance(begun, (ast.Call, ast.ListComp))
        if made and source.function(begun) is source.function(ended):
            yield begun, ended


def _alters(source: Source, node: ast.AST, names: set[str]) -> bool:
    """Whether a node changes what some names stand for, as far as that is plain to see."""
    place: ast.AST | None = None
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
        place = node if not isinstance(node.ctx, ast.Load) else None
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in _CHANGES:
            place = ast.Tuple([node.func.value, *node.args])
    elif isinstance(node, ast.Expr) and _is_named_call(node.value):  # called for what it does
        place = ast.Tuple([a for a in node.value.args if isinstance(a, ast.Name)])  # type: ignore[attr-defined]
    if isinstance(place, (ast.Subscript, ast.Attribute)):
        place = place.value
    return place is not None and bool(names_in(place) & names)


def _is_named_call(node: ast.expr) -> bool:
    plain = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return plain and node.func.id not in _WRITES  # type: ignore[attr-defined]


def _are_independent(source: Source, uses: list[Use]) -> bool:
    """Whether passes could be one: none writes, and none needs what another found."""
    trails = [place for use in uses for place in use.trail]
    makers = {source.function(place) for place in trails if not isinstance(place, ast.Name)}
    for function in {source.function(place) for place in trails}:
        passes = _passes_of(source, function, uses)
        stored: set[str] = set()
        for at, each in enumerate(passes):
            if _loaded(each) & stored:
                return False
            after = passes[at + 1].lineno if at + 1 < len(passes) else 0
            stored |= _stored(function or source.tree, each.lineno, after)
        given = function is not None and function not in makers
        if given and _keeps_state(function):  # type: ignore[arg-type]
            return False
    return not any(_writes(source, use) for use in uses)


def _passes_of(
    source: Source, function: FunctionNode | None, uses: Iterable[Use]
) -> list[ast.stmt | ast.expr]:
    """The loops, comprehensions and calls of a function that a list is given to, in order."""
    found: dict[int, ast.stmt | ast.expr] = {}
    for use in uses:
        for place in use.trail[1:]:
            if source.function(place) is function and isinstance(place, ast.Name):
                each: ast.AST | None = source.parent(outermost(source, place))
                while each is not None and not isinstance(
                    each, (ast.stmt, *COMPREHENSIONS, ast.Call)
                ):
                    each = source.parent(each)
                if isinstance(each, (ast.stmt, ast.expr)):
                    found[id(each)] = each
    return sorted(found.values(), key=lambda each: (each.lineno, each.col_offset))


def _stored(function: ast.AST, first: int, after: int) -> set[str]:
    """Names and attributes that are set from a line on, before another."""
    return {
        n.id if isinstance(n, ast.Name) else f".{n.attr}" for n in ast.walk(function)
        if isinstance(n, (ast.Name, ast.Attribute)) and isinstance(n.ctx, ast.Store)
        and first <= n.lineno < after
    }  # fmt: skip


def _loaded(statement: ast.AST) -> set[str]:
    """Names and attributes that code reads, but for those that its own loops bind."""
    kinds = (ast.For, ast.AsyncFor, ast.comprehension)
    own = {name for n in ast.walk(statement) if isinstance(n, kinds) for name in names_in(n.target)}
    found = {
        n.id if isinstance(n, ast.Name) else f".{n.attr}" for n in ast.walk(statement)
        if isinstance(n, (ast.Name, ast.Attribute))
        and (isinstance(n.ctx, ast.Load) or isinstance(statement, ast.AugAssign))
    }  # fmt: skip
    return found - own


def _keeps_state(function: FunctionNode) -> bool:
    """Whether a function writes what outlives it, as far as that is plain to see."""
    return any(
        isinstance(n, (ast.Global, ast.Nonlocal))
        or (isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
        for n in ast.walk(function)
    )


def _writes(source: Source, use: Use) -> bool:
    """Whether a pass writes as it goes, or is made for what a function does, not for what it gives."""
    for place in use.trail:
        call = source.parent(place)
        if isinstance(source.parent(call or place), ast.Expr) and parameter_of(source, place):
            return True
    loop = source.parent(outermost(source, use.place))
    body = loop.body if isinstance(loop, (ast.For, ast.AsyncFor)) else []
    named = (
        getattr(n.func, "attr", getattr(n.func, "id", ""))
        for each in body for n in ast.walk(each) if isinstance(n, ast.Call)
    )  # fmt: skip
    return any(each in _WRITES for each in named)
