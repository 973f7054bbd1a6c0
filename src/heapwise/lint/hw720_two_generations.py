"""HW720: the old is kept while the new is made.

`for path in paths: rows = load(path)`: while the next rows are loaded, the last ones still have their name, and so at
the peak both are in memory. So are they where `self.prices = prices` comes after all of the new prices were read.

What to do: `del rows` (or `rows = None`) before the next are made, or a function for what is done with one of them; of
an attribute, bring in the new part by part, each in the place of its old one. Costs: after an error the old is gone;
who reads an attribute meanwhile sees old and new. Said only where a snapshot of the peak shows that the old was alive
then, and nobody else kept it. Clean: loops that let go first; what is kept elsewhere too; attributes that the new value
is made from.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.frame_locals import SELF
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import (
    FUNCTIONS,
    LOOPS,
    FunctionNode,
    Source,
    is_self_attribute,
    methods,
    names_in,
    self_name,
)
from heapwise.lint.texts import made_by

CODE = "HW720"
TITLE = "the old lives while the new is made"
SIZED = True
_MADE = (ast.Call, ast.BinOp, ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
_BEGINNINGS = ("__init__", "__new__", "__post_init__", "__setstate__", "__enter__")


def look(source: Source) -> Iterator[Hit]:
    """Names and attributes whose last value nobody needs while the next is made."""
    yield from _of_names(source)
    yield from _of_attributes(source)


def _of_names(source: Source) -> Iterator[Hit]:
    """`name = make(...)` in a loop, where nothing of the loop needs the old one any more, and nothing lets it go."""
    for node in source.of(ast.Assign):
        target, loop, function = node.targets[0], source.loop(node), source.function(node)
        if not isinstance(loop, LOOPS) or not isinstance(target, ast.Name):
            continue
        body = getattr(loop, "body", [])
        called = _called(source, node.value)
        if node not in body or len(node.targets) != 1 or not called:
            continue
        name = target.id
        if name in names_in(node.value):
            continue
        before = [n for each in body[: body.index(node)] for n in ast.walk(each)]
        bound = [
            n for each in body for n in ast.walk(each)
            if isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load)
        ]  # fmt: skip
        if len(bound) != 1 or any(isinstance(n, ast.Name) and n.id == name for n in before):
            continue
        if function is None and _functions_read(source, target):
            continue
        yield hit(
            source, node, CODE, TITLE, f"the last {name} is in memory while {called}() makes the next",
            saves=Saves.LOCAL, holder=name, user=called,
            fix=f"del {name}, before the next is made; or a function for what is done with one",
        )  # fmt: skip


def _functions_read(source: Source, target: ast.Name) -> bool:
    """Whether a function asks for a name of its module, perhaps for the old while the new is made."""
    found = source.reads_of(target)
    return found is None or any(map(source.function, found.reads))


def _of_attributes(source: Source) -> Iterator[Hit]:
    """`self.name = make(...)`, or a local that was filled before, where the method does not ask for the old one."""
    for node in source.of(ast.Assign):
        target, method = node.targets[0], source.function(node)
        if len(node.targets) != 1 or not isinstance(target, ast.Attribute):
            continue
        owner = source.parent(method) if method is not None else None
        if not isinstance(owner, ast.ClassDef) or not isinstance(method, FUNCTIONS):
            continue
        if method.name in _BEGINNINGS or self_name(method) != SELF or not is_self_attribute(target):
            continue
        called = _called(source, node.value)
        if not called and not _is_made_before(source, node.value):
            continue
        if _is_asked(owner, method, target.attr, node):
            continue
        name = f"{SELF}.{target.attr}"
        yield hit(
            source, node, CODE, TITLE, f"the last {name} is in memory until the next is there",
            saves=Saves.LOCAL, holder=f"{owner.name}.{target.attr}", user=called,
            fix=f"bring in the new part by part, each in the place of its old one; or {name} = None before",
        )  # fmt: skip


def _is_made_before(source: Source, value: ast.expr) -> bool:
    """Whether what is bound is a local that the method made."""
    made = made_by(source, value) if isinstance(value, ast.Name) else []
    return len(made) == 1 and isinstance(made[0], _MADE)


def _is_asked(owner: ast.ClassDef, method: FunctionNode, name: str, node: ast.Assign) -> bool:
    """Whether a method asks for an attribute, or binds it, before it gets its new value, or functions of its own do
    that it calls by then."""
    of_class = {each.name: each for each in methods(owner)}
    seen, todo = set(), [method]
    while todo:
        function = todo.pop()
        for each in ast.walk(function):
            if not isinstance(each, ast.Attribute) or not is_self_attribute(each):
                continue
            if function is method and each.lineno > (node.end_lineno or node.lineno):
                continue
            if each.attr == name and each is not node.targets[0]:
                return True
            if each.attr in of_class and each.attr not in seen:
                seen.add(each.attr)
                todo.append(of_class[each.attr])
    return False


def _called(source: Source, value: ast.expr) -> str:
    """The function of the module that makes a value, or the name of any other callable."""
    if not isinstance(value, ast.Call):
        return ""
    name = (
        value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
    )
    own = [each for each in source.functions if each.name == name]
    if not own and isinstance(value.func, ast.Attribute) and source.is_of_import(value.func):
        return name  # written in Python, it has a frame of its own, which tells that it is at work
    return name if len(own) == 1 and isinstance(own[0], FUNCTIONS) else ""
