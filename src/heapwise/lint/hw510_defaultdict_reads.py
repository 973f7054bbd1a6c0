"""HW510: a test reads a defaultdict, and so puts an entry in.

`if seen[key]:` on a `defaultdict` makes an empty value for every key that was ever asked for.

What to do: `seen.get(key)`, or `key in seen` (done by `--fix --unsafe` where the bare truth is asked, and nobody looks
which keys there are). Costs: nothing. Clean: keys that come from the dict itself; locals, which go with their function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.rule import Edit, Hit, edit, hit, shown
from heapwise.lint.source import COMPREHENSIONS, Source, is_self_attribute, names_in

CODE = "HW510"
TITLE = "a test adds to a defaultdict"
NEEDS = ("defaultdict",)
_FALSE = {"list", "dict", "set", "int", "float", "str", "bytes", "bool", "tuple", "frozenset"}


def look(source: Source) -> Iterator[Hit]:
    """Subscripts of long-lived defaultdicts, read in a test."""
    known = defaultdicts(source)
    if not known:
        return
    for node in source.of(ast.Subscript):
        named = ast.unparse(node.value) if isinstance(node.value, (ast.Name, ast.Attribute)) else ""
        factory = known.get((home_of(source, node, named), named))
        if factory is None or not isinstance(node.ctx, ast.Load):
            continue
        test = _test(source, node)
        if test is None or _key_is_there(source, node, test, named):
            continue
        bare = _is_bare(source, node) and factory in _FALSE and _is_only_asked(source, named)
        edits: tuple[Edit, ...] = (edit(source, node, with_get),) if bare else ()
        yield hit(
            source, node, CODE, TITLE, f"asking {shown(node)} adds the key when it is missing",
            fix=f"{named}.get({ast.unparse(node.slice)})", edits=edits,
        )  # fmt: skip


def home_of(source: Source, node: ast.AST, named: str) -> ast.AST | None:
    """The class whose attribute is named, or the module."""
    return source.class_of(node) if named.startswith("self.") else source.tree


def defaultdicts(source: Source) -> dict[tuple[ast.AST | None, str], str]:
    """(class or module, name) -> what makes a missing value."""
    found: dict[tuple[ast.AST | None, str], str] = {}
    for node, targets, value in source.bindings:
        if source.called(value) != "collections.defaultdict" or not isinstance(value, ast.Call):
            continue
        factory = source.dotted(value.args[0]) if value.args else ""
        for target in targets:
            in_module = isinstance(target, ast.Name) and node in source.tree.body
            if in_module or is_self_attribute(target):
                named = ast.unparse(target)
                found[home_of(source, node, named), named] = factory or "?"
    return found


def _test(source: Source, node: ast.AST) -> ast.expr | None:
    """The condition that an expression is part of, by comparisons and the words of logic alone."""
    inner = node
    for each in source.around(node):
        if isinstance(each, (ast.If, ast.While, ast.IfExp)):
            return each.test if each.test is inner else None
        if isinstance(each, ast.comprehension):
            return inner if inner in each.ifs else None
        if not isinstance(each, (ast.BoolOp, ast.UnaryOp, ast.Compare)):
            return None
        # `if word not in index[key]: index[key].add(word)`: what is asked is filled.
        if isinstance(each, ast.Compare) and any(
            isinstance(o, (ast.In, ast.NotIn)) for o in each.ops
        ):
            return None
        inner = each
    return None


def _key_is_there(source: Source, node: ast.Subscript, test: ast.expr, named: str) -> bool:
    """Whether the key is known to be in the dict: asked before, or come from a loop over it."""
    for each in ast.walk(test):
        within = isinstance(each, ast.Compare) and any(isinstance(o, ast.In) for o in each.ops)
        if within and any(ast.unparse(right) == named for right in each.comparators):  # type: ignore[attr-defined]
            return True
    keys = names_in(node.slice)
    for around in source.around(node):
        loops: list[ast.AST] = [around] if isinstance(around, (ast.For, ast.AsyncFor)) else []
        if isinstance(around, COMPREHENSIONS):
            loops = list(around.generators)
        for loop in loops:
            if named in ast.unparse(loop.iter) and names_in(loop.target) & keys:  # type: ignore[attr-defined]
                return True
        # What the same block has just put in is there.
        if isinstance(around, ast.stmt) and _put_before(source, around, named, node):
            return True
    return False


def _put_before(source: Source, statement: ast.stmt, named: str, node: ast.Subscript) -> bool:
    above = source.parent(statement)
    body = getattr(above, "body", None)
    if not isinstance(body, list) or statement not in body:
        return False
    wanted = ast.dump(node.slice)
    return any(
        isinstance(each, ast.Subscript)
        and ast.dump(each.slice) == wanted
        and ast.unparse(each.value) == named
        for earlier in body[: body.index(statement)]
        for each in ast.walk(earlier)
    )


def _is_bare(source: Source, node: ast.Subscript) -> bool:
    above = source.parent(node)
    reckons = isinstance(above, ast.UnaryOp) and not isinstance(above.op, ast.Not)
    compared = isinstance(above, ast.Compare)
    return not (compared or reckons or isinstance(node.slice, (ast.Slice, ast.Tuple)))


def _is_only_asked(source: Source, named: str) -> bool:
    """Whether nobody can see which keys there are: all that the module does is to read and write by key."""
    attribute = named.removeprefix("self.") if named.startswith("self.") else ""
    places: list[ast.expr] = [*source.of(ast.Attribute)] if attribute else [*source.of(ast.Name)]
    for place in places:
        name = place.attr if isinstance(place, ast.Attribute) else getattr(place, "id", "")
        if name != (attribute or named) or not isinstance(getattr(place, "ctx", None), ast.Load):
            continue
        above = source.parent(place)
        by_key = isinstance(above, ast.Subscript) and above.value is place
        if not by_key or isinstance(above.ctx, ast.Del):  # type: ignore[union-attr]
            return False
    return not any(word in source.text for word in ("vars(", "__dict__", "globals(", "getattr("))


def with_get(node: Any, default: str = "") -> Any:
    """A subscript of LibCST as a call of `get`; itself, where it is a slice."""
    import libcst as cst

    key = _key(node)
    given = [key, *([cst.parse_expression(default)] if default else [])]
    get = cst.Attribute(node.value, cst.Name("get"))
    return cst.Call(get, [cst.Arg(each) for each in given]) if key else node


def _key(node: Any) -> Any:
    """What a subscript of LibCST asks for; None where that is a slice."""
    import libcst as cst

    parts = [each.slice for each in node.slice]
    if not all(isinstance(each, cst.Index) and not each.star for each in parts):
        return None
    if len(parts) == 1:
        return parts[0].value
    return cst.Tuple([cst.Element(each.value) for each in parts])
