"""HW710: a small view of an array is kept, and keeps the whole array.

`big[:10]` is a view: as long as it lives, all of `big` does. So is `table.slice(0, 10)` of Arrow, and `frame.head(10)`
of polars: no object of Python shows the buffers that it keeps.

What to do: `big[:10].copy()` (done by `--fix`, where nothing else can see the array); of Arrow `table.take(range(10))`,
of polars `frame.select(pl.all().gather(range(10)))`. Costs: the copy of the part. Clean: copies; arrays that are kept
anyway; parts of a table that the loop goes through.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.arrow import bound_once, is_made, whole_of
from heapwise.lint.rule import Hit, Saves, edit, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW710"
TITLE = "a view keeps the whole array"
NEEDS = ("numpy", "pyarrow", "polars")
_MAKERS = {
    "load", "fromfile", "zeros", "ones", "empty", "full", "arange", "loadtxt", "genfromtxt", "random",
    "rand", "randn", "normal", "uniform", "integers", "array", "linspace", "concatenate", "standard_normal",
}  # fmt: skip
_KEEPING = {"append", "add", "appendleft", "setdefault"}


def look(source: Source) -> Iterator[Hit]:
    """`self.head = np.load(path)[:10]`, and in loops `parts.append(big[:10])` of an array made there."""
    for node in source.of(ast.Subscript):
        if not isinstance(node.slice, ast.Slice) or not isinstance(node.ctx, ast.Load):
            continue
        if not _bounded(node.slice) or not _is_kept(source, node):
            continue
        temporary = _makes_array(source, node.value)
        local = isinstance(node.value, ast.Name) and _made_in_loop(source, node, node.value.id)
        if temporary or local:
            yield hit(
                source, node, CODE, TITLE, f"{shown(node)} keeps all of {shown(node.value, 30)}",
                fix=f"{shown(node)}.copy()", safe=temporary, edits=(edit(source, node, with_copy),),
            )  # fmt: skip
    if any(name.partition(".")[0] in ("pyarrow", "polars") for name in source.imports.values()):
        yield from _of_tables(source)


def _of_tables(source: Source) -> Iterator[Hit]:
    """`parts.append(load(day).slice(0, 10))` of a table that is made there."""
    places: list[ast.Call | ast.Subscript] = [*source.of(ast.Call), *source.of(ast.Subscript)]
    for node in places:
        whole = whole_of(node) if isinstance(node, ast.Call) else _sliced(node)
        if whole is None or not _is_kept(source, _displayed(source, node)):
            continue
        value = bound_once(source, whole) if isinstance(whole, ast.Name) else whole
        if value is None or not is_made(source, value):
            continue
        if isinstance(whole, ast.Name) and not _is_made_in_loop(source, node, whole, value):
            continue
        yield hit(
            source, node, CODE, TITLE, f"{shown(node)} keeps the buffers of all of {shown(whole, 30)}",
            fix=f"{shown(whole, 30)}.take(range(n)), which copies the rows (polars: select(pl.all().gather(range(n))))",
            saves=Saves.ALL_BUT_ONE, bodies=((value.lineno, value.end_lineno or value.lineno),),
        )  # fmt: skip


def _sliced(node: ast.Subscript) -> ast.expr | None:
    plain = isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load)
    return node.value if plain and _bounded(node.slice) else None  # type: ignore[arg-type]


def _is_made_in_loop(source: Source, node: ast.expr, name: ast.Name, value: ast.expr) -> bool:
    """Whether each turn of a loop makes a table, and keeps it by its parts alone."""
    loop = source.loop(node)
    if loop is None or source.loop(value) is not loop:
        return False
    reads = [
        each for each in source.loads.get(name.id, ()) if source.scope(each) is source.scope(name)
    ]
    return not any(
        _is_kept(source, _displayed(source, each)) or source.loop(each) is not loop
        for each in reads
    )


def _displayed(source: Source, node: ast.expr) -> ast.expr:
    """The outermost tuple, list or dict that an expression is written into; itself, where it is in none."""
    above = source.parent(node)
    while isinstance(above, (ast.Tuple, ast.List, ast.Dict)):
        node, above = above, source.parent(above)
    return node


def _bounded(part: ast.Slice) -> bool:
    return (
        part.upper is not None
        and isinstance(part.upper, (ast.Constant, ast.Name))
        and part.step is None
    )


def _is_kept(source: Source, node: ast.expr) -> bool:
    above = source.parent(node)
    if isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute):
        return above.func.attr in _KEEPING and node in above.args
    if isinstance(above, ast.Assign):
        target = above.targets[0]
        # An array takes the values in, and keeps no view; a dict with a name for a key is none.
        key = target.slice if isinstance(target, ast.Subscript) else None
        named = isinstance(key, ast.Constant) and isinstance(key.value, str)
        stored = isinstance(target, ast.Subscript) and not isinstance(node, ast.Subscript)
        return isinstance(target, ast.Attribute) or named or stored
    loop = source.loop(node)
    return isinstance(loop, ast.ListComp) and loop.elt is node


def _makes_array(source: Source, value: ast.expr) -> bool:
    name = source.called(value)
    mapped = isinstance(value, ast.Call) and keyword(value, "mmap_mode") is not None
    given = isinstance(value, ast.Call) and (
        any(keyword(value, word) is not None for word in ("copy", "retstep", "unpack"))
        or (name == "numpy.load" and len(value.args) > 1)
    )
    plain = not mapped and not given
    return plain and name.startswith("numpy.") and name.split(".")[-1] in _MAKERS


def _made_in_loop(source: Source, node: ast.AST, name: str) -> bool:
    """Whether the loop around a node makes the array itself, and keeps it nowhere."""
    loop = source.loop(node)
    if not isinstance(loop, (ast.For, ast.While)):
        return False
    made = any(
        isinstance(n, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == name for t in n.targets)
        and _makes_array(source, n.value)
        for n in ast.walk(loop)
    )
    kept = any(
        isinstance(n, ast.Call)
        and isinstance(n.func, ast.Attribute)
        and n.func.attr in _KEEPING
        and any(isinstance(a, ast.Name) and a.id == name for a in n.args)
        for n in ast.walk(loop)
    )
    return made and not kept


def with_copy(node: Any) -> Any:
    """An expression of LibCST with `.copy()`."""
    import libcst as cst

    return cst.Call(cst.Attribute(node, cst.Name("copy")))
