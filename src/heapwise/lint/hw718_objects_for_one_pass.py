"""HW718: an array or a table becomes Python objects for one pass.

`frame.to_dict("records")` makes a dict for each row, and a box for each value; `array.tolist()` a list of boxes: ten
times what the array takes, for a loop that looks at one after the other; `re.findall` a text for each match, and
`text.split()` for each word, for a `Counter` that keeps those that differ.

What to do: work on the whole (`frame[frame.a > 3]`, `np.bincount`); or `frame.itertuples(index=False)`, and `for value
in array.flat`, `re.finditer`, which make one at a time. Objects are followed through the functions of the module; where
several loops go through them, work on the whole. Costs: nothing; another way to write the loop. Said only where a
recording tells how much it is. Clean: what is kept, or handed on, as Python objects.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.consumers import consumes, is_given_to
from heapwise.lint.flow import keeps_items, reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import used_beside
from heapwise.lint.source import Source
from heapwise.lint.uses import all_uses

CODE = "HW718"
TITLE = "Python objects for one pass"
SIZED = True
NEEDS = ("tolist", "to_list", "to_dict", "to_pylist", "to_dicts", "rows(", "findall(", ".split(")
_METHODS = {
    "tolist": "array.flat, or arithmetic on the whole",
    "to_list": "the column itself, or arithmetic on the whole",
    "to_pylist": "batches: table.to_batches()",
    "to_dicts": "iter_rows(named=True)",
    "to_dict": "frame.itertuples(index=False), or arithmetic on the whole",
    "findall": "pattern.finditer(text): group() of each match",
    "split": "line by line, or re.finditer(r'\\S+', text): group() of each match",
}
_ROWS = {"to_dict", "to_dicts", "to_pylist"}
_BULK = {"insert_many": 0, "bulk_insert_mappings": 1, "bulk_update_mappings": 1, "execute": 1}
"""Method -> the place of the rows among its arguments."""
_WRITES = {"executemany": 1, "writerows": 0, "writelines": 0}
_WHOLE = dict.fromkeys(_METHODS, "arithmetic on the columns") | {
    "tolist": "arithmetic on the whole array",
    "to_list": "arithmetic on the column itself",
    "to_pylist": "arithmetic on the columns (pyarrow.compute)",
}


def look(source: Source) -> Iterator[Hit]:
    """Loops over what such a call makes, there or by the one name that it has."""
    for call in source.of(ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method not in _METHODS or (method == "to_dict" and not _is_records(call)):
            continue
        if method == "findall" and not _is_of_text(source, call):
            continue
        if method == "split" and not _is_of_words(source, call):
            continue
        if method in ("tolist", "to_list") and _is_other(source, call, method):
            continue
        use = used_beside(source, call)
        if use is not None and method in _ROWS and _is_sent(source, use):
            yield _sent(source, call)
        elif use is not None and _is_read_once(source, use) and not keeps_items(source, use):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} makes all of them before the first is looked at",
                saves=Saves.ALL_BUT_ONE, fix=_METHODS[method],
            )  # fmt: skip
        elif use is None or isinstance(source.parent(use), ast.Return):
            yield from _spread(source, call, method)


def _is_read_once(source: Source, use: ast.expr) -> bool:
    """Whether a loop goes through them, or a call that keeps none: not what writes all of them."""
    return reads_once(source, use) or (
        consumes(source, use) and not is_given_to(source, use, _WRITES)
    )


def _is_sent(source: Source, use: ast.expr) -> bool:
    """Whether rows are given to a call that writes all of them to a database, or a file: parts of them do as well."""
    return consumes(source, use) or is_given_to(source, use, _BULK)


def _sent(source: Source, call: ast.Call) -> Hit:
    return hit(
        source, call, CODE, TITLE, f"{shown(call)} makes all of them before the first is written",
        saves=Saves.ALL_BUT_ONE, fix="in parts: for start in range(0, len(frame), 10_000): frame[start:start + 10_000]",
    )  # fmt: skip


def _spread(source: Source, call: ast.Call, method: str) -> Iterator[Hit]:
    """Objects that other functions, or several loops, go through, and keep none of."""
    uses = all_uses(source, call)
    if not uses or any(each.repeated for each in uses):
        return
    counted = [each for each in uses if source.called(source.parent(each.place)) == "len"]
    passes = [each for each in uses if each not in counted]
    flat = method in ("tolist", "to_list")
    if not passes or (counted and flat):
        return
    if method in _ROWS and len(passes) == 1 and _is_sent(source, passes[0].place):
        yield _sent(source, call)
        return
    places = [outermost(source, each.place) for each in passes]
    if any(not _is_read_once(source, n) or keeps_items(source, n, keyed=flat) for n in places):
        return
    lines = ", ".join(str(n) for n in sorted({each.lineno for each in places}))
    yield hit(
        source, call, CODE, TITLE, f"{shown(call)} makes objects of all, only for loops in line {lines}",
        saves=Saves.ALL_BUT_ONE, fix=_METHODS[method] if len(passes) == 1 else _WHOLE[method],
    )  # fmt: skip


def _is_other(source: Source, call: ast.Call, method: str) -> bool:
    """Whether it is plainly no method of an array or a column: those take nothing."""
    given = bool(call.args or call.keywords) or method in source.functions_named
    return given or any(each.split(".")[0] == "sympy" for each in source.imports.values())


def _is_of_text(source: Source, call: ast.Call) -> bool:
    """Whether it finds matches in a text: elements of XML have a `findall` as well."""
    names = source.imports.values()
    return source.dotted(call.func) == "re.findall" or (
        "re" in names and not any("xml" in each or "Tree" in each for each in names)
    )


def _is_of_words(source: Source, call: ast.Call) -> bool:
    """Whether it takes a text apart: a column's `str.split`, and what libraries split, are other things."""
    if call.keywords or len(call.args) > 1 or not isinstance(call.func, ast.Attribute):
        return False
    if any(not isinstance(a, ast.Constant) or not isinstance(a.value, str) for a in call.args):
        return False
    of = call.func.value
    is_column = isinstance(of, ast.Attribute) and of.attr == "str"
    return not is_column and not (isinstance(of, ast.Name) and of.id in source.imports)


def _is_records(call: ast.Call) -> bool:
    given = [*call.args, *(each.value for each in call.keywords)]
    return any(isinstance(each, ast.Constant) and each.value == "records" for each in given)
