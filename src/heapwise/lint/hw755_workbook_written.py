"""HW755: a workbook is filled row by row, and all its cells wait until it is saved.

openpyxl's `Workbook()` keeps an object for every cell that `sheet.append(row)` makes, some hundred bytes each, until
`save` writes them.

What to do: `Workbook(write_only=True)`, with sheets of `workbook.create_sheet()`: rows are written to a file as they
are appended, and `save` packs that. Costs: cells cannot be read or changed after they were written. Said only where a
recording tells how much the cells are. Clean: workbooks whose cells are read, formatted, or set by their place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.uses import all_uses, uses_of_target

CODE = "HW755"
TITLE = "a workbook that waits in memory to be saved"
SIZED = True
NEEDS = ("Workbook(",)
_MAKERS = {"openpyxl.Workbook", "openpyxl.workbook.Workbook"}
_OF_BOOK = {"save", "close", "remove", "sheetnames"}
_OF_SHEET = {"title", "append", "sheet_properties", "freeze_panes", "column_dimensions"}
"""What sheets have that are only written."""


def look(source: Source) -> Iterator[Hit]:
    """`Workbook()` whose sheets are only appended to."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) in _MAKERS and not call.args and not call.keywords:
            found, saves = _calls(source, call)
            appends = sorted(found, key=lambda each: source.loop(each) is None)
            if appends:
                beside = [call, *appends[1:], *saves]  # saving sorts the cells by rows
                lines = {line for each in beside for line in _lines(each)}
                yield hit(
                    source, appends[0], CODE, TITLE, f"each cell of {shown(appends[0])} waits until all is saved",
                    saves=Saves.WHOLE, also=tuple(sorted(lines)),
                    fix="Workbook(write_only=True), and workbook.create_sheet()",
                )  # fmt: skip


def _lines(node: ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _calls(source: Source, call: ast.expr) -> tuple[list[ast.Call], list[ast.Call]]:
    """The calls that append rows, and those that save; nothing where the workbook is used for more."""
    found: list[ast.Call] = []
    saves: list[ast.Call] = []
    for use in all_uses(source, call, chosen=True) or ():
        above = source.parent(use.place)
        if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
            return [], []
        sheet: ast.AST | None = above if above.attr == "active" else None
        if above.attr == "create_sheet":
            sheet = source.parent(above)
        if above.attr == "worksheets" and _are_removed(source, above):
            continue
        if sheet is None and above.attr not in _OF_BOOK:
            return [], []
        saved = source.parent(above)
        if above.attr == "save" and isinstance(saved, ast.Call):
            saves.append(saved)
        if sheet is None or _is_removed(source, above):
            continue
        uses = all_uses(source, sheet, chosen=True) if isinstance(sheet, ast.expr) else None
        if uses is None:
            return [], []
        for each in uses:
            method = source.parent(each.place)
            if not isinstance(method, ast.Attribute) or method.attr not in _OF_SHEET:
                return [], []
            appended = source.parent(method)
            if method.attr == "append" and isinstance(appended, ast.Call):
                found.append(appended)
    return found, saves


def _are_removed(source: Source, sheets: ast.expr) -> bool:
    """`for sheet in workbook.worksheets: workbook.remove(sheet)`."""
    loop = source.parent(sheets)
    if not isinstance(loop, ast.For) or loop.iter is not sheets:
        return False
    uses = uses_of_target(source, loop.target)
    return bool(uses) and all(_is_removed(source, each.place) for each in uses or ())


def _is_removed(source: Source, sheet: ast.expr) -> bool:
    """`workbook.remove(workbook.active)`."""
    call = source.parent(sheet)
    method = call.func if isinstance(call, ast.Call) and sheet in call.args else None
    return isinstance(method, ast.Attribute) and method.attr == "remove"
