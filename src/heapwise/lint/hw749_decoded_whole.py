"""HW749: a picture is decoded whole to be made small.

`Image.open(path).resize((160, 110))` decodes all pixels of a photograph, 4 bytes each, for a preview; so it is where
`thumbnail` comes after `convert`, `copy` or `exif_transpose`, which need all of them.

What to do: `image.draft("RGB", size)` before the first that needs the pixels, or `image.thumbnail(size)` as the first:
decoders of JPEG then give a half, a quarter or an eighth of the width and height at once. Costs: the picture is not
there in full size. Said only where a recording tells how much it is, and that a JPEG was read. Clean: other formats;
pictures that are cropped, saved or looked at as they are; sizes that are not known to be small.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise.lint.calls import argument_of, call_sites, defaults_of, given_for
from heapwise.lint.hw721_unused_import import lines_of
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import FUNCTIONS, FunctionNode, Source, is_self_attribute, keyword
from heapwise.lint.uses import uses_of_target

CODE = "HW749"
TITLE = "a picture decoded whole to be made small"
SIZED = True
NEEDS = ("Image",)
_OPEN = "PIL.Image.open"
_SMALLER = {"resize", "thumbnail"}
_SMALLER_CALLS = {
    "PIL.ImageOps.fit",
    "PIL.ImageOps.contain",
    "PIL.ImageOps.pad",
    "PIL.ImageOps.cover",
}
_SAME = {"convert", "copy", "load"}
_SAME_CALLS = {"PIL.ImageOps.exif_transpose"}
_ASKED = {
    "size",
    "width",
    "height",
    "mode",
    "format",
    "info",
    "verify",
    "close",
    "getexif",
    "filename",
    "is_animated",
}
_SMALL = re.compile(r"thumb|preview|small|icon|avatar|tiny|mini", re.IGNORECASE)
_MOST_PIXELS = 1024
_DEPTH, _NAMES = 5, 3
_DECODER = "JpegImagePlugin.py"


def look(source: Source) -> Iterator[Hit]:
    """Pictures that are opened, of which nothing but a small one is made, with no draft before."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) != _OPEN:
            continue
        steps = _steps(source, call, _DEPTH)
        made = [each for each in steps or () if each is not None]
        if steps is None or len(made) != 1 or not _is_small(source, made[0]):
            continue
        needed = _needs_pixels(source, call, made[0])
        if needed is not None:
            also = {needed.lineno, made[0].lineno, call.lineno} - {needed.lineno}
            yield hit(
                source, needed, CODE, TITLE, f"all pixels are decoded for {shown(made[0])}", saves=Saves.WHOLE,
                fix='image.draft("RGB", size) before it, or image.thumbnail(size) first of all',
                also=tuple(sorted(also)), passes=_DECODER, needed_by=_drafting(source, call),
            )  # fmt: skip


def _places(source: Source, node: ast.expr) -> list[ast.expr] | None:
    """Where a picture is used, itself or by the names that it is bound to, which stand for nothing but forms of it;
    None where one is not plain to see."""
    above = source.parent(node)
    target: ast.expr | None = None
    if isinstance(above, ast.withitem):
        target = above.optional_vars
    elif isinstance(above, ast.Assign) and len(above.targets) == 1:
        target = above.targets[0]
    elif not isinstance(above, ast.stmt):
        return [node]
    if not isinstance(target, ast.Name):
        return None
    uses = uses_of_target(source, target)
    if uses is not None:
        return sorted((use.place for use in uses), key=_position)
    scope, begun = source.scope(target), _position(target)
    if isinstance(above, ast.Assign):
        begun = above.end_lineno or above.lineno, above.end_col_offset or 0
    bound = [
        source.statement(each) for where, each in source.binders.get(target.id, ())
        if where is scope and each is not target and _position(each) >= begun
    ]  # fmt: skip
    last = min((each.end_lineno or each.lineno for each in bound if each is not None), default=0)
    reads = [each for each in source.loads.get(target.id, ()) if source.scope(each) is scope]
    here = [
        each for each in reads if _position(each) >= begun and (not last or each.lineno <= last)
    ]
    return sorted(here, key=_position)


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _steps(source: Source, node: ast.expr, depth: int) -> list[ast.Call | None] | None:
    """What is done with a picture in the end: the calls that make it small; None where something else is."""
    places = _places(source, node) if depth else None
    if places is None:
        return None
    found: list[ast.Call | None] = []
    for place in places:
        call = _call_on(source, place)
        name = getattr(getattr(call, "func", None), "attr", "")
        above = source.parent(place)
        if isinstance(above, ast.Attribute) and above.attr in _ASKED:
            continue
        if call is not None and _leaves_it(source, call):
            continue
        if call is None or name == "draft":
            return None
        if name in _SAME or source.dotted(call.func) in _SAME_CALLS:
            if name == "load":
                continue
            inner = _steps(source, call, depth - 1)
            if inner is None:
                return None
            found += inner
        elif name == "thumbnail":
            return [*found, call]  # what comes after is done with the small one
        elif name in _SMALLER or source.dotted(call.func) in _SMALLER_CALLS:
            found.append(call)
        else:
            return None
    return found


def _call_on(source: Source, place: ast.expr) -> ast.Call | None:
    """`place.method(...)`, or `function(place, ...)`."""
    above = source.parent(place)
    if isinstance(above, ast.Attribute) and above.value is place:
        outer = source.parent(above)
        return outer if isinstance(outer, ast.Call) and outer.func is above else None
    return above if isinstance(above, ast.Call) and above.args[:1] == [place] else None


def _leaves_it(source: Source, call: ast.Call) -> bool:
    """Whether all functions of the module that may be called, by their name, do nothing with the picture that they are
    handed but to look at its head, or to draft it: whether that was done the bytes tell."""
    functions = _own(source, call)
    if not functions or (isinstance(call.func, ast.Attribute) and not is_self_attribute(call.func)):
        return False
    for function in functions:
        taken = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        at = int(isinstance(source.parent(function), ast.ClassDef))
        if at >= len(taken):
            return False
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id == taken[at]:
                above = source.parent(node)
                if not isinstance(above, ast.Attribute) or above.attr not in {*_ASKED, "draft"}:
                    return False
    return True


def _own(source: Source, call: ast.Call) -> list[FunctionNode]:
    """The functions and methods of the module that have the name that is called."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return source.functions_named.get(name, [])


def _drafting(source: Source, opened: ast.Call) -> tuple[tuple[str, int, int], ...]:
    """The functions that may be handed the picture, and draft it: where one of them ran, it was not decoded whole."""
    calls = [_call_on(source, place) for place in _places(source, opened) or ()]
    handed = {each for call in calls if call is not None for each in _own(source, call)}
    draft = [n for n in source.of(ast.Attribute) if n.attr == "draft"]
    found = {function for n in draft if (function := source.function(n)) in handed and function}
    return tuple(sorted(lines_of(each) for each in found))


def _needs_pixels(source: Source, opened: ast.Call, made: ast.Call) -> ast.Call | None:
    """The first call that needs all pixels; None where that is `thumbnail`, which asks the decoder for fewer."""
    for place in _places(source, opened) or ():
        call = _call_on(source, place)
        name = getattr(getattr(call, "func", None), "attr", "")
        if call is not None and name not in _ASKED and not _leaves_it(source, call):
            return None if name == "thumbnail" else call
    return None


def _is_small(source: Source, made: ast.Call) -> bool:
    """Whether a size is small, by its numbers, or by what it, or the function that it is for, is called."""
    at = 1 if source.dotted(made.func) in _SMALLER_CALLS else 0
    size = keyword(made, "size") or (made.args[at] if len(made.args) > at else None)
    numbers = list(_numbers(source, size, _NAMES)) if size is not None else []
    if numbers:
        return max(numbers) <= _MOST_PIXELS
    function = source.function(made)
    named = [
        function.name if function is not None else "",
        ast.unparse(size) if size is not None else "",
    ]
    return any(_SMALL.search(each) for each in named)


def _numbers(source: Source, node: ast.expr, depth: int) -> Iterator[int]:
    """The numbers that a size is made of, there, where its name is bound, or where the function is called."""
    if isinstance(node, (ast.Tuple, ast.List)):
        for each in node.elts:
            yield from _numbers(source, each, depth)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield node.value
    elif is_self_attribute(node) and depth:
        for _, targets, value in source.bindings:
            if any(ast.unparse(each) == ast.unparse(node) for each in targets):
                yield from _numbers(source, value, depth - 1)
    elif isinstance(node, ast.Name) and depth:
        for binder in source.seen(node):
            above = source.parent(binder)
            if isinstance(binder, ast.arg):
                yield from _given(source, binder, depth)
            elif isinstance(above, (ast.Assign, ast.AnnAssign)) and above.value is not None:
                yield from _numbers(source, above.value, depth - 1)


def _constructed(source: Source, function: FunctionNode) -> Iterator[ast.Call]:
    """The calls of the class whose `__init__` it is, and of those that derive from it plainly."""
    owner = source.parent(function)
    if function.name != "__init__" or not isinstance(owner, ast.ClassDef):
        return
    below = [each for each in source.of(ast.ClassDef) if owner.name in map(ast.unparse, each.bases)]
    names = {owner.name, *(each.name for each in below)}
    yield from (call for call in source.of(ast.Call) if source.dotted(call.func) in names)


def _given(source: Source, parameter: ast.arg, depth: int) -> Iterator[int]:
    function = source.function(parameter)
    if not isinstance(function, FUNCTIONS):
        return
    sites = [*call_sites(source, function, told=True).sites, *_constructed(source, function)]
    given = [argument_of(source, site, function, parameter) for site in sites]
    default = dict(defaults_of(function.args)).get(parameter)
    for value in (default, *given, *(given_for(source, parameter) or ())):
        if value is not None:
            yield from _numbers(source, value, depth - 1)
