"""Lists of images that Pillow saves as one animation, frame by frame."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.appended import appends, makers_of
from heapwise.lint.source import Source, keyword

_NEEDS_ALL = re.compile(r"\b(pdf|tiff?|webp|avif|mpo|ico|icns)\b", re.IGNORECASE)
"""Formats whose writers make a list of what is appended."""


class Frames(NamedTuple):
    """made: the comprehension, or the call that appends. makers: (first, last) lines that make the frames."""

    name: str
    made: ast.expr
    save: ast.Call
    makers: tuple[tuple[int, int], ...] = ()


def frames(source: Source) -> Iterator[Frames]:
    """Those of `frames[0].save(path, save_all=True, append_images=frames[1:])`, and nothing else."""
    for save in source.of(ast.Call):
        rest = keyword(save, "append_images")
        first = save.func.value if isinstance(save.func, ast.Attribute) else None
        if not isinstance(rest, ast.Subscript) or not isinstance(rest.value, ast.Name):
            continue
        name = rest.value.id
        one = isinstance(first, ast.Subscript) and ast.unparse(first) == f"{name}[0]"
        if one and ast.unparse(rest.slice) == "1:" and not _NEEDS_ALL.search(ast.unparse(save)):
            found = _made(source, name, save)
            if found is not None:
                yield found


def _made(source: Source, name: str, save: ast.Call) -> Frames | None:
    scope = source.scope(save)
    inside = {id(n) for n in ast.walk(save)}
    calls: list[ast.Call] = []
    values: list[ast.expr] = []
    for node in ast.walk(scope):
        if not isinstance(node, ast.Name) or node.id != name or id(node) in inside:
            continue
        above = source.parent(node)
        call = appends(source, node)
        if call is not None:
            calls.append(call)
        elif isinstance(above, ast.Assign) and not isinstance(node.ctx, ast.Load):
            values.append(above.value)
        elif source.called(above) not in ("len", "print"):
            return None
    if len(values) != 1:
        return None
    [value] = values
    if isinstance(value, ast.ListComp) and not calls:
        return Frames(name, value, save)
    loop = source.loop(calls[0]) if len(calls) == 1 else None
    if not isinstance(value, ast.List) or value.elts or loop is None:
        return None
    return Frames(name, calls[0], save, makers_of([calls[0].args[0]], loop)[0])
