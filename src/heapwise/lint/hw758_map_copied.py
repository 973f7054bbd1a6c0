"""HW758: a mapped file is copied whole.

`mapped[:]`, `mapped.read()` and `bytes(mapped)` make bytes of all that is mapped: the file is in memory after all, and
what is made of it besides.

What to do: `iter(mapped.readline, b"")` for its lines; `re.finditer(pattern, mapped)`, `mapped.find(...)`, or
`struct.unpack_from(form, mapped, at)`, which take the map itself; parts, `mapped[at:at + n]`. Costs: nothing. Said only
where a recording tells how much it is. Clean: parts of a known size.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by

CODE = "HW758"
TITLE = "a mapped file is copied whole"
SIZED = True
NEEDS = ("mmap",)
_MAPS = "mmap.mmap"
_FIX = 'iter(mapped.readline, b""), re.finditer(pattern, mapped), or parts of it'


def look(source: Source) -> Iterator[Hit]:
    """Slices without an end, reads without a size, and bytes of what `mmap.mmap` has made."""
    for part in source.of(ast.Subscript):
        whole = (
            isinstance(part.slice, ast.Slice)
            and part.slice.lower is None
            and part.slice.upper is None
            and part.slice.step is None
        )
        if whole and isinstance(part.ctx, ast.Load) and _is_map(source, part.value):
            yield _hit(source, part)
    for call in source.of(ast.Call):
        method = call.func
        if isinstance(method, ast.Attribute) and method.attr == "read" and not call.args:
            if _is_map(source, method.value):
                yield _hit(source, call)
        elif (
            source.called(call) in ("bytes", "bytearray")
            and call.args
            and _is_map(source, call.args[0])
        ):
            yield _hit(source, call)


def _hit(source: Source, node: ast.expr) -> Hit:
    return hit(
        source,
        node,
        CODE,
        TITLE,
        f"{shown(node)} has the mapped file in memory once more",
        saves=Saves.WHOLE,
        fix=_FIX,
    )


def _is_map(source: Source, node: ast.expr) -> bool:
    """Whether a name of a function, or an expression, is a map."""
    made = made_by(source, node)
    return bool(made) and all(source.dotted(getattr(each, "func", None)) == _MAPS for each in made)
