"""HW751: all is made for the first of it.

`cursor.fetchall()[0]` makes every row for one, `file.readlines()[-10:]` every line for the last, `list(rows)[:5]` every
item; `sorted(rows)[0]` and `np.sort(values)[-1]` a list or array of all, in order, for the least or greatest;
`table.sort_values("cost").head(10)` a table of all; `counts.most_common()[:10]` a tuple for every key.

What to do: `fetchone()`; `collections.deque(file, 10)`; `itertools.islice(rows, 5)`, `next(rows)`; `min(rows, key=f)`,
`max(...)`, `values.max()`, `values.argmax()`; `table.nsmallest(10, "cost")`; `most_common(10)`. Costs: nothing. Said
only where a recording tells how much it is. Clean: what is used otherwise, too; the middle, as of a median; many of
many.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import makes_list
from heapwise.lint.gathering import gathers
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.sessions import is_mapped
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source, keyword
from heapwise.lint.texts import is_open_file
from heapwise.lint.uses import single_uses

CODE = "HW751"
TITLE = "all made for the first of it"
SIZED = True
NEEDS = ("fetchall", ".all()", "readlines", "list(", "[", "most_common()", "sort_values", "sort(")
_MOST = 1000
_FIRST, _FEW, _LAST, _LAST_FEW = "first", "few", "last", "last few"
_ENDS = {_FIRST, _LAST}
_STARTS = {_FIRST, _FEW}
_SORTED = {
    "sorted": "min(..., key=...), or max(...)", "numpy.sort": "values.min(), or values.max()",
    "numpy.argsort": "values.argmin(), or values.argmax()",
}  # fmt: skip
_HEADS = {"head": _FEW, "tail": _LAST_FEW}


def look(source: Source) -> Iterator[Hit]:
    """What makes all, of which the first, the last, or a few of them are read, and nothing else."""
    for call in (*source.of(ast.Call), *source.of(ast.ListComp)):
        fixes = _fixes(source, call)
        uses = single_uses(source, call) if fixes else None
        if uses is None or len(uses) != 1:
            continue
        place = uses[0].place
        fix = fixes.get(_part(source, place), "")
        if fix:
            yield hit(
                source, call, CODE, TITLE, f"all of {shown(call)} is made, and {_words(source, place)} is read",
                saves=Saves.WHOLE, fix=fix, also=_made_for(source, call),
            )  # fmt: skip


def _made_for(source: Source, node: ast.expr) -> tuple[int, ...]:
    """The lines that make a list of what a comprehension goes through, which is there for that alone."""
    items = node.generators[0].iter if isinstance(node, ast.ListComp) else None
    for each in source.of(ast.Assign) if isinstance(items, ast.Name) else ():
        target = each.targets[0]
        made = makes_list(source, each.value) or gathers(source, each.value)
        if made and isinstance(target, ast.Name) and only_use(source, each, target.id) is items:
            return tuple(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    return ()


def _words(source: Source, place: ast.expr) -> str:
    above = source.parent(place)
    return f"[{ast.unparse(above.slice)}]" if isinstance(above, ast.Subscript) else "a few"


def _fixes(source: Source, node: ast.expr) -> dict[str, str]:
    """Part that is read -> what gives it without the rest; empty of what makes no more than it must."""
    if isinstance(node, ast.ListComp):
        taken = {_FIRST: "next(... for ...)", _FEW: "itertools.islice((... for ...), n)"}
        return taken if makes_list(source, node) else {}
    if not isinstance(node, ast.Call):
        return {}
    name = source.dotted(node.func)
    if name in _SORTED and node.args:
        whole = keyword(node, "axis") is None and len(node.args) == 1
        return dict.fromkeys(_ENDS, _SORTED[name]) if whole else {}
    if name == "list" and gathers(source, node):
        return {
            _FIRST: "next(...)",
            _FEW: "list(itertools.islice(..., n))",
            _LAST_FEW: "collections.deque(..., n)",
        }
    if not isinstance(node.func, ast.Attribute):
        return {}
    return _of_method(source, node, node.func)


def _of_method(source: Source, call: ast.Call, method: ast.Attribute) -> dict[str, str]:
    name, bare = method.attr, not call.args and not call.keywords
    if name == "fetchall" and bare:
        return {_FIRST: "fetchone()", _FEW: "fetchmany(n), or LIMIT n"}
    if name == "all" and bare and is_mapped(source, call):
        return {_FIRST: "first()", _FEW: "limit(n)"}
    if name == "readlines" and bare and is_open_file(source, method.value):
        return {_FIRST: "file.readline()", _FEW: "itertools.islice(file, n)",
                _LAST: "collections.deque(file, 1)", _LAST_FEW: "collections.deque(file, n)"}  # fmt: skip
    if name == "most_common" and bare:
        return dict.fromkeys(_STARTS, "most_common(n)")
    if (
        name == "sort_values"
        and keyword(call, "inplace") is None
        and keyword(call, "by") is None
        and len(call.args) == 1
    ):
        return dict.fromkeys(
            (_FIRST, _FEW, _LAST, _LAST_FEW),
            "table.nsmallest(n, column), or nlargest; of texts order the column alone",
        )
    return {}


def _part(source: Source, place: ast.expr) -> str:
    """Which part of what stands there is read: `[0]`, `[:5]`, `[-1]`, `[-5:]`, `.head(5)`; empty of others."""
    above = source.parent(place)
    if isinstance(above, ast.Attribute) and above.value is place:
        outer = source.parent(above)
        if above.attr == "iloc" and isinstance(outer, ast.Subscript) and outer.value is above:
            return _of_index(outer.slice)
        called = isinstance(outer, ast.Call) and outer.func is above
        return _HEADS.get(above.attr, "") if called else ""
    if (
        isinstance(above, ast.Subscript)
        and above.value is place
        and isinstance(above.ctx, ast.Load)
    ):
        return _of_index(above.slice)
    return ""


def _of_index(index: ast.expr) -> str:
    if isinstance(index, ast.Slice):
        if index.step is not None or (index.lower is None) is (index.upper is None):
            return ""
        if index.upper is not None:
            return _FEW if _is_few(index.upper) else ""
        last = isinstance(index.lower, ast.UnaryOp) and isinstance(index.lower.op, ast.USub)
        return _LAST_FEW if last and _is_few(index.lower.operand) else ""  # type: ignore[union-attr]
    text = ast.unparse(index)
    return _FIRST if text == "0" else _LAST if text == "-1" else ""


def _is_few(count: ast.expr) -> bool:
    """Whether a count is small, or one that the caller names."""
    if isinstance(count, ast.Constant):
        return isinstance(count.value, int) and 0 < count.value <= _MOST
    return isinstance(count, (ast.Name, ast.Attribute))
