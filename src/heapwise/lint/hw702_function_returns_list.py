"""HW702: a function builds a whole list for callers that read it item by item.

All items are in memory at once, though no caller ever wants more than one.

What to do: give back a generator: `return (f(x) for x in rows)`, or `yield` (done by `--fix --unsafe`). Clean:
functions whose result is indexed, measured or kept; functions that other modules may call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from heapwise.lint.flow import as_generator, changes_meanwhile, keeps_items, makes_list, reads_once
from heapwise.lint.rule import Edit, Hit, Saves, edit, hit
from heapwise.lint.source import FunctionNode, Source, names_in

CODE = "HW702"
TITLE = "a list for callers that read it once"
SIZED = True
_LISTS = ("list", "List", "typing.List", "Sequence", "Collection")


def look(source: Source) -> Iterator[Hit]:
    """Functions with a single return, of a list that they build; every call of which is read once."""
    for function in source.functions:
        if isinstance(function, ast.AsyncFunctionDef) or source.parent(function) is not source.tree:
            continue
        if function.decorator_list or not _is_ours(source, function):
            continue
        value = _built(source, function)
        uses = source.loads.get(function.name, ())
        if value is None or not uses or not all(_read_once(source, each) for each in uses):
            continue
        edits: list[Edit] = [edit(source, value, as_generator)]
        if function.returns is not None:
            edits.append(edit(source, function, _returns_iterator, kind="FunctionDef"))
        imports = ("collections.abc:Iterator",) if function.returns is not None else ()
        edits[-1] = replace(edits[-1], imports=imports)
        yield hit(
            source, value, CODE, TITLE, f"every caller of {function.name}() reads it item by item",
            saves=Saves.ALL_BUT_ONE, fix="return (... for ...): a generator", edits=tuple(edits),
        )  # fmt: skip


def _is_ours(source: Source, function: FunctionNode) -> bool:
    """Whether all its callers are in sight: it is private, or the module is a program."""
    return function.name.startswith("_") or '__name__ == "__main__"' in source.text.replace(
        "'", '"'
    )


def _built(source: Source, function: FunctionNode) -> ast.expr | None:
    returns = [n for n in ast.walk(function) if isinstance(n, ast.Return)]
    if len(returns) != 1 or returns[0] is not function.body[-1]:
        return None
    if any(isinstance(n, (ast.Yield, ast.YieldFrom, ast.With)) for n in ast.walk(function)):
        return None
    return returns[0].value if makes_list(source, returns[0].value) else None


def _read_once(source: Source, use: ast.Name) -> bool:
    call = source.parent(use)
    if not isinstance(call, ast.Call) or call.func is not use or not reads_once(source, call):
        return False
    # What is given, or is the module's, may be what the items are made from.
    given = {name for each in call.args for name in names_in(each)}
    given |= {name for each in call.keywords for name in names_in(each.value)}
    own = {t.id for _, ts, _ in source.bindings for t in ts if isinstance(t, ast.Name)}
    return not keeps_items(source, call) and not changes_meanwhile(source, call, given | own)


def _returns_iterator(node: Any) -> Any:
    import libcst as cst

    kind = node.returns.annotation if node.returns is not None else None
    if (
        not isinstance(kind, cst.Subscript)
        or cst.Module([]).code_for_node(kind.value) not in _LISTS
    ):
        return node if kind is None else node.with_changes(returns=None)
    name = cst.Name("Iterator")
    return node.with_changes(
        returns=node.returns.with_changes(annotation=kind.with_changes(value=name))
    )
