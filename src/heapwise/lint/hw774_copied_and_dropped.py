"""HW774: what is copied is not needed any more.

`data = np.load(path)`, `scaled = data.copy()`, and nobody asks for `data` again: both are in memory from then on, and
one would do.

What to do: go on with the object itself (done by `--fix --unsafe`). Costs: who needs the original later must copy it
then. Said only where a recording tells how much it is. Clean: copies of what is read again; of what another function
gave, which may keep it; of parts, which would keep the whole; of files that are mapped.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import Any

from heapwise.lint.effects import is_chained_to
from heapwise.lint.rule import Hit, Saves, edit, hit, shown
from heapwise.lint.single_use import only_use
from heapwise.lint.source import COMPREHENSIONS, Source

CODE = "HW774"
TITLE = "a copy whose original is not needed"
SIZED = True
NEEDS = ("copy", "list(", "dict(", "array(")
_COPIES = frozenset(("copy.copy", "copy.deepcopy", "numpy.copy", "numpy.array"))
_OF_KIND = {
    "list": (ast.List, ast.ListComp),
    "dict": (ast.Dict, ast.DictComp),
    "set": (ast.Set, ast.SetComp),
}
_LOADERS = frozenset((
    "json.load", "json.loads", "pickle.load", "pickle.loads", "sorted", "list", "dict", "numpy.load", "numpy.loadtxt",
    "numpy.genfromtxt", "numpy.fromfile", "numpy.zeros", "numpy.ones", "numpy.full", "numpy.empty", "numpy.arange",
    "numpy.linspace", "numpy.concatenate", "numpy.vstack", "numpy.hstack", "numpy.stack", "numpy.array", "numpy.tile",
    "numpy.repeat", "numpy.copy", "numpy.where", "numpy.outer", "pandas.read_csv", "pandas.read_parquet",
    "pandas.read_excel", "pandas.read_json", "pandas.read_feather", "pandas.read_pickle", "pandas.concat",
    "pandas.merge",
))  # fmt: skip
"""Calls that give memory of their own."""
_DRAWS = "numpy.random."


def look(source: Source) -> Iterator[Hit]:
    """Names that are bound to something new, and read once, by what copies it."""
    for node in source.of(ast.Assign):
        [target, *more] = node.targets
        if more or not isinstance(target, ast.Name) or not _is_new(source, node.value):
            continue
        use = only_use(source, node, target.id)
        call = _copy(source, node.value, use) if use is not None else None
        if call is None or source.loop(call) is not source.loop(node):
            continue
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} is made, and {target.id} is not asked for again",
            saves=Saves.WHOLE, fix=f"go on with {target.id} itself",
            edits=(edit(source, call, partial(_itself, name=target.id)),),
        )  # fmt: skip


def _itself(_: Any, *, name: str) -> Any:
    import libcst as cst

    return cst.Name(name)


def _copy(source: Source, made: ast.expr, use: ast.Name) -> ast.Call | None:
    """The call that makes a copy of what a name stands for, in the same statement list."""
    above = source.parent(use)
    if isinstance(above, ast.Attribute) and above.attr == "copy":
        call = source.parent(above)
        is_plain = isinstance(call, ast.Call) and call.func is above and not call.args
        return call if is_plain and not call.keywords else None  # type: ignore[union-attr, return-value]
    if not isinstance(above, ast.Call) or above.args != [use] or above.keywords:
        return None
    name = source.called(above)
    if name.startswith("numpy.") and not is_chained_to(source, made, "numpy."):
        return None  # it makes an array of something else
    return above if name in _COPIES or isinstance(made, _OF_KIND.get(name, ())) else None


def _is_new(source: Source, value: ast.expr) -> bool:
    """Whether an expression plainly gives an object that nobody else has."""
    if isinstance(value, (ast.List, ast.Dict, ast.Set, *COMPREHENSIONS)):
        return not isinstance(value, ast.GeneratorExp)
    if not isinstance(value, ast.Call) or any(each.arg == "mmap_mode" for each in value.keywords):
        return False
    return source.called(value) in _LOADERS or is_chained_to(source, value, _DRAWS)
