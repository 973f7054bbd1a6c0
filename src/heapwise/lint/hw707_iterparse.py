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

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source
from heapwise.lint.trees import PARSERS, keeps_elements, one_pass

CODE = "HW707"
TITLE = "iterparse keeps the tree"
NEEDS = ("iterparse", "parse(", "fromstring(", "XML(")
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
        ast.unparse(t)
        for node in source.of(ast.Assign)
        if _is_parser(source, node.value)
        for t in node.targets
    }
    for loop in source.of(ast.For):
        if not (_is_parser(source, loop.iter) or ast.unparse(loop.iter) in parsers):
            continue
        names = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        cleared = {
            ast.unparse(n.func.value)
            for n in ast.walk(loop)
            if isinstance(n, ast.Call)
            and isinstance(n.func, ast.Attribute)
            and n.func.attr in ("clear", "remove")
        }
        if cleared - names or any(isinstance(n, ast.Delete) for n in ast.walk(loop)):
            continue
        says = (
            "cleared elements stay children of the root"
            if cleared
            else "all elements stay in the tree"
        )
        yield hit(
            source, loop.iter, CODE, TITLE, says,
            saves=Saves.WHOLE, fix=_CLEARED,
        )  # fmt: skip


def _is_parser(source: Source, node: ast.AST | None) -> bool:
    if (
        isinstance(node, ast.Call)
        and source.dotted(node.func) in ("iter", "enumerate")
        and node.args
    ):
        node = node.args[0]
    return source.called(node).endswith("iterparse")
