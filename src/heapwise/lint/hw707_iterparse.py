"""HW707: `iterparse` keeps the whole document.

Elements that were seen stay children of the root: cleared or not, the tree grows to the end of the file.

What to do: ask for `start` events too, keep the root, and `root.clear()` after each record. Clean: loops that clear the
root, or take elements out of their parent.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source

CODE = "HW707"
TITLE = "iterparse keeps the tree"
NEEDS = ("iterparse",)


def look(source: Source) -> Iterator[Hit]:
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
            saves=Saves.WHOLE, fix='events=("start", "end"); root = next(events)[1]; root.clear() after each record',
        )  # fmt: skip


def _is_parser(source: Source, node: ast.AST | None) -> bool:
    if (
        isinstance(node, ast.Call)
        and source.dotted(node.func) in ("iter", "enumerate")
        and node.args
    ):
        node = node.args[0]
    return source.called(node).endswith("iterparse")
