"""HW707: a whole document is kept for one pass over its records.

`iterparse`: elements that were seen stay children of the root: cleared or not, the tree grows to the end of the file.
`parse(path).getroot().iter("record")` makes the tree of all of it before the first is looked at.

What to do: `iterparse`; ask for `start` events too, keep the root, and `root.clear()` after each record. Costs: what is
cleared cannot be gone back to. Clean: loops that clear the root, or take elements out of their parent; trees that are
read again, or whose elements are kept. Of trees that are parsed whole it is said only where a recording tells how much
they take.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.calls import argument_of, called_function
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source
from heapwise.lint.trees import PARSERS, keeps_elements, one_pass

CODE = "HW707"
TITLE = "iterparse keeps the tree"
NEEDS = ("iterparse", "parse(", "fromstring(", "XML(")
_CLEARING = ("clear", "remove")
_CLEARED = 'events=("start", "end"); root = next(events)[1]; root.clear() after each record'


def look(source: Source) -> Iterator[Hit]:
    """Passes over the records of a document that keep all of it."""
    yield from _whole_trees(source)
    yield from _never_cleared(source)


def _whole_trees(source: Source) -> Iterator[Hit]:
    for call in source.of(ast.Call):
        if source.dotted(call.func) not in PARSERS:
            continue
        use = one_pass(source, call)
        if use is not None and not keeps_elements(source, use):
            yield hit(
                source, call, CODE, "a whole tree for one pass",
                "all records are made before the first is looked at",
                saves=Saves.WHOLE, sized=True,
                fix=f"iterparse, with {_CLEARED}",
            )  # fmt: skip


def _never_cleared(source: Source) -> Iterator[Hit]:
    """Loops over `iterparse(...)`, itself or by a name, that never clear what lies above the element."""
    parsers = {
        (source.function(node), ast.unparse(t)): node
        for node in source.of(ast.Assign)
        if _is_parser(source, node.value)
        for t in node.targets
    }
    for loop in source.of(ast.For):
        made = parsers.get((source.function(loop), ast.unparse(loop.iter)))
        if not (_is_parser(source, loop.iter) or made is not None):
            continue
        names = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        cleared = {ast.unparse(each) for each in _cleared(source, loop)}
        if cleared - names or any(isinstance(n, ast.Delete) for n in ast.walk(loop)):
            continue
        says = (
            "cleared elements stay children of the root"
            if cleared
            else "all elements stay in the tree"
        )
        yield hit(
            source, made.value if made is not None else loop.iter, CODE, TITLE, says,
            saves=Saves.WHOLE, fix=_CLEARED, bodies=((loop.lineno, loop.lineno),) if made is not None else (),
        )  # fmt: skip


def _cleared(source: Source, body: ast.AST) -> Iterator[ast.expr]:
    """What statements clear, or take elements out of; by a function of the module that they hand it to as well: any of
    those that may be called."""
    for call in (n for n in ast.walk(body) if isinstance(n, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _CLEARING:
            yield call.func.value
            continue
        function, _ = called_function(source, call)
        named = source.functions_named.get(last_name(call.func), []) if function is None else []
        for each in [function] if function is not None else named:
            inside = {
                n.func.value.id for n in ast.walk(each)
                if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in _CLEARING
                and isinstance(n.func.value, ast.Name)
            }  # fmt: skip
            taken = [to for to in (*each.args.posonlyargs, *each.args.args) if to.arg in inside]
            given = (argument_of(source, call, each, to) for to in taken)
            yield from (value for value in given if value is not None)


def _is_parser(source: Source, node: ast.AST | None) -> bool:
    if (
        isinstance(node, ast.Call)
        and source.dotted(node.func) in ("iter", "enumerate")
        and node.args
    ):
        node = node.args[0]
    return source.called(node).endswith("iterparse")
