"""HW730: a workbook is loaded whole, and its rows are read once.

openpyxl's `load_workbook(path)` makes an object for every cell before the first row is looked at.

What to do: `load_workbook(path, read_only=True)`, which makes the cells of a row as it comes to it; close the workbook
at the end, and ask for `values_only=True` where only values are used. Costs: cells can be read in order alone, and not
changed. Said only where a recording tells how much the cells are. Clean: workbooks that are changed or saved, cells
that are looked up by their place, by columns, or for more than their values, and sheets that are gone through several
times.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator

from heapwise.lint.flow import keeps_items
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import COMPREHENSIONS, Source, is_true, keyword
from heapwise.lint.uses import Use, all_uses, uses_of_target

CODE = "HW730"
TITLE = "a workbook loaded whole for one pass"
SIZED = True
NEEDS = ("load_workbook(",)
_LOADERS = {"openpyxl.load_workbook", "openpyxl.reader.excel.load_workbook"}
_OF_CELLS = "cell.py"
"""Where the arguments do not tell: the file of openpyxl whose code makes a cell that can be changed."""
_OF_BOOK = {"sheetnames", "close", "properties"}
_OF_SHEET = {"title", "max_row", "max_column", "sheet_state"}
_OF_CELL = {"value", "number_format", "data_type", "is_date"}
"""What the cells of a workbook that is only read have, empty ones, too."""


def look(source: Source) -> Iterator[Hit]:
    """`load_workbook(path)` whose sheets are only gone through, each once."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) not in _LOADERS or keyword(call, "read_only") is not None:
            continue
        if len(call.args) > 1:
            continue
        is_open = any(each.arg is None for each in call.keywords)
        found = _passes(source, call)
        if found:
            kept = any(_keeps(source, each) for each in found)
            yield hit(
                source, call, CODE, TITLE, "every cell is made before the first row is looked at",
                saves=Saves.HALF if kept else Saves.WHOLE, fix="load_workbook(..., read_only=True), closed at the end",
                passes=_OF_CELLS if is_open else "",
            )  # fmt: skip


def _passes(source: Source, call: ast.expr) -> list[ast.expr]:
    """What goes through rows, all of it; nothing where more is done with the workbook, or a sheet is read again."""
    sheets = _sheets(source, call)
    found: list[ast.expr] = []
    whole: Counter[str] = Counter()
    for name, uses in sheets or ():
        for use in uses:
            rows = _rows(source, use.place)
            if rows is None:
                return []
            if rows is use.place and not isinstance(rows, ast.Call) and _is_asked(source, rows):
                continue
            full = not _is_bounded(source, rows)
            whole[name] += full
            if (full and use.repeated) or not _reads_values(source, rows):
                return []
            found.append(rows)
    return found if max(whole.values(), default=0) == 1 else []


def _sheets(source: Source, call: ast.expr) -> list[tuple[str, list[Use]]] | None:
    """(the source of what gives a sheet, the uses of that) for all; None where the workbook is used otherwise."""
    found: list[tuple[str, list[Use]]] = []
    for use in all_uses(source, call) or ():
        place, above = use.place, source.parent(use.place)
        target: ast.expr | None = None
        node: ast.expr | None = None
        if isinstance(above, ast.Attribute) and isinstance(above.ctx, ast.Load):
            if above.attr in _OF_BOOK:
                continue
            if above.attr == "active":
                node = above
            elif above.attr == "worksheets":
                place, above = above, source.parent(above)
            elif above.attr == "get_sheet_by_name" and isinstance(source.parent(above), ast.Call):
                node = source.parent(above)  # type: ignore[assignment]
        if isinstance(above, ast.Subscript) and above.value is place:
            node = above if isinstance(above.ctx, ast.Load) else None
        elif isinstance(above, (ast.For, ast.comprehension)) and above.iter is place:
            target = above.target
        if node is None and target is None:
            return None
        uses = all_uses(source, node) if node is not None else uses_of_target(source, target)  # type: ignore[arg-type]
        if uses is None or (use.repeated and target is not None):
            return None
        fixed = node is not None and not _varies(node)
        if use.repeated and fixed and not _is_first_only(source, uses):
            return None
        found.append((ast.unparse(node) if fixed and node is not None else f"#{len(found)}", uses))
    return found


def _varies(node: ast.expr) -> bool:
    """Whether a sheet is asked for by a name or number that is another each time."""
    return isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant)


def _is_first_only(source: Source, uses: list[Use]) -> bool:
    rows = [_rows(source, use.place) for use in uses]
    return all(each is not None and _is_bounded(source, each) for each in rows)


def _is_asked(source: Source, place: ast.expr) -> bool:
    """Whether a sheet is asked for what it is called, or how large it is."""
    above = source.parent(place)
    return isinstance(above, ast.Attribute) and above.attr in _OF_SHEET


def _rows(source: Source, place: ast.expr) -> ast.expr | None:
    """What gives the rows of a sheet that stands there; the sheet itself where it is gone through, or asked for its
    title; None where something else is done with it."""
    above = source.parent(place)
    if isinstance(above, (ast.For, ast.comprehension)):
        return place if above.iter is place else None
    if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
        return None
    if above.attr in _OF_SHEET:
        return place
    if above.attr in ("rows", "values"):
        return above
    called = source.parent(above)
    if above.attr == "iter_rows" and isinstance(called, ast.Call) and called.func is above:
        return called
    return None


def _is_bounded(source: Source, rows: ast.expr) -> bool:
    """Whether only the first rows are asked for, or the next."""
    last = keyword(rows, "max_row") if isinstance(rows, ast.Call) else None
    above = source.parent(rows)
    return isinstance(last, ast.Constant) or (
        isinstance(above, ast.Call) and source.dotted(above.func) == "next"
    )


def _is_of_values(rows: ast.expr) -> bool:
    if isinstance(rows, ast.Attribute):
        return rows.attr == "values"
    asked = keyword(rows, "values_only") if isinstance(rows, ast.Call) else None
    return is_true(asked)


def _reads_values(source: Source, rows: ast.expr) -> bool:
    """Whether nothing but values is read of rows, which is all that cells have that are only read."""
    if _is_of_values(rows):
        return True
    uses = [Use(rows, (), False, False)] if _loops(source, rows) else all_uses(source, rows)
    return bool(uses) and all(_reads_rows(source, each.place) for each in uses or ())


def _loops(source: Source, node: ast.expr) -> bool:
    above = source.parent(node)
    return isinstance(above, (ast.For, ast.comprehension)) and above.iter is node


def _reads_rows(source: Source, place: ast.expr) -> bool:
    above = source.parent(place)
    if isinstance(above, ast.Call) and source.dotted(above.func) == "next" and place in above.args:
        return _all(source, all_uses(source, above), _reads_row)
    target = _item(source, place)
    if isinstance(target, ast.Tuple):
        return all(_all(source, uses_of_target(source, each), _reads_cell) for each in target.elts)
    return target is not None and _all(source, uses_of_target(source, target), _reads_row)


def _reads_row(source: Source, place: ast.expr) -> bool:
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and above.value is place:
        one = not isinstance(above.slice, ast.Slice) and isinstance(above.ctx, ast.Load)
        return one and _all(source, all_uses(source, above), _reads_cell)
    if isinstance(above, ast.Call) and source.dotted(above.func) == "len":
        return True
    target = _item(source, place)
    return target is not None and _all(source, uses_of_target(source, target), _reads_cell)


def _reads_cell(source: Source, place: ast.expr) -> bool:
    above = source.parent(place)
    if isinstance(above, ast.Compare):
        return all(isinstance(each, (ast.Is, ast.IsNot)) for each in above.ops)
    return (
        isinstance(above, ast.Attribute)
        and isinstance(above.ctx, ast.Load)
        and above.attr in _OF_CELL
    )


def _all(source: Source, uses: list[Use] | None, reads: Callable[[Source, ast.expr], bool]) -> bool:
    return uses is not None and all(reads(source, each.place) for each in uses)


def _item(source: Source, place: ast.expr) -> ast.expr | None:
    """What a loop binds to each item of an iterable, where it may be numbered, or beside others."""
    above, at = source.parent(place), None
    if isinstance(above, ast.Call) and place in above.args:
        name = source.dotted(above.func)
        if name not in ("enumerate", "zip", "tqdm.tqdm"):
            return None
        at = {"enumerate": 1, "zip": above.args.index(place)}.get(name)
        place, above = above, source.parent(above)
    if not isinstance(above, (ast.For, ast.comprehension)) or above.iter is not place:
        return None
    if at is None:
        return above.target
    parts = above.target.elts if isinstance(above.target, ast.Tuple) else []
    return parts[at] if at < len(parts) else None


def _keeps(source: Source, rows: ast.expr) -> bool:
    """Whether the values of rows may be kept: then they stay as they are."""
    uses = [Use(rows, (), False, False)] if _loops(source, rows) else all_uses(source, rows)
    for use in uses or ():
        above = source.parent(use.place)
        if isinstance(above, ast.Call) and source.dotted(above.func) == "next":
            continue
        if isinstance(above, ast.Call) and source.dotted(above.func) in ("enumerate", "zip"):
            use = use._replace(place=above)
        if not _loops(source, use.place) or keeps_items(source, use.place, yielded=False):
            return True
        outer = source.parent(source.parent(use.place) or rows)
        if isinstance(outer, COMPREHENSIONS) and not isinstance(outer, ast.GeneratorExp):
            return True
    return uses is None
