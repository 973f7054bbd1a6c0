"""HW759: a blob is read whole to be written out.

`fetchone()` makes bytes of a value of a row, however large it is; a file that it is only written to could have had it
piece by piece.

What to do: `connection.blobopen(table, column, rowid, readonly=True)` (since 3.11), which reads like a file:
`shutil.copyfileobj(blob, file)`. Costs: nothing. Said only where a recording tells how much it is. Clean: values that
are looked at, or kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import files
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import only_use, used_at
from heapwise.lint.source import Source

CODE = "HW759"
TITLE = "a blob is read whole to be written out"
SIZED = True
NEEDS = ("sqlite3",)
_FIX = "with connection.blobopen(table, column, rowid, readonly=True) as blob: shutil.copyfileobj(blob, file)"


def look(source: Source) -> Iterator[Hit]:
    """Rows of SQLite of which a column goes into a file, and nowhere else."""
    known = files(source)
    for call in filter(_is_row, source.of(ast.Call)):
        if any(_is_written(source, place, known) for place in _columns(source, call)):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} has all of it in memory", saves=Saves.WHOLE, fix=_FIX
            )  # fmt: skip


def _is_row(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "fetchone" and not call.args


def _columns(source: Source, row: ast.Call) -> Iterator[ast.expr]:
    """Where a column of a row is used, itself or by its one name, and only there."""
    above = source.parent(row)
    if isinstance(above, ast.Subscript) and isinstance(above.slice, ast.Constant):
        place = used_at(source, above)
        if place is not None:
            yield place
    elif isinstance(above, ast.Assign) and isinstance(above.targets[0], (ast.Tuple, ast.List)):
        for target in above.targets[0].elts:
            use = only_use(source, above, target.id) if isinstance(target, ast.Name) else None
            if use is not None:
                yield use


def _is_written(source: Source, place: ast.expr, known: dict[tuple[ast.AST, str], bool]) -> bool:
    """Whether it is all that a file is given: `file.write(...)`, `path.write_bytes(...)`."""
    call = source.parent(place)
    if not isinstance(call, ast.Call) or call.args != [place] or call.keywords:
        return False
    method = call.func
    if not isinstance(method, ast.Attribute) or method.attr not in ("write", "write_bytes"):
        return False
    name = method.value.id if isinstance(method.value, ast.Name) else ""
    return method.attr == "write_bytes" or (source.function(call) or source.tree, name) in known
