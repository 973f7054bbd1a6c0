"""Colours that are numbers of eight bytes before they are bytes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.heavy import Heavy
from heapwise.lint.rule import Saves, shown
from heapwise.lint.source import Source, is_self_attribute, keyword
from heapwise.lint.uses import all_uses

NEEDS = ("colormap", "get_cmap", "ScalarMappable", "matplotlib.cm", "pyplot.cm", "plt.cm")
_MAPS = (
    "matplotlib.colormaps",
    "matplotlib.cm.",
    "matplotlib.pyplot.cm.",
    "matplotlib.pyplot.get_cmap",
)
_SCALING = ("numpy.round", "numpy.rint", "numpy.clip")
_BYTES = ("numpy.uint8", "uint8", "u1", "B")


def heavy_pictures(source: Source) -> Iterator[Heavy]:
    """`(colours(values) * 255).astype(np.uint8)` of a colour map of matplotlib, there or by a name."""
    for call in source.of(ast.Call):
        if not call.args or keyword(call, "bytes") is not None or not _is_map(source, call.func):
            continue
        lines: set[int] = set()
        uses = all_uses(source, call)
        if uses and all(_become_bytes(source, use.place, lines) for use in uses):
            lines -= set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
            yield Heavy(
                call, f"{shown(call)} makes four doubles for each pixel, which become bytes",
                f"{shown(call.func)}(..., bytes=True)", Saves.WHOLE, tuple(sorted(lines)),
            )  # fmt: skip


def _is_map(source: Source, node: ast.expr) -> bool:
    """Whether an expression is a colour map, by its name or by what it is bound to."""
    inner = node
    while isinstance(inner, (ast.Subscript, ast.Call)):
        inner = inner.value if isinstance(inner, ast.Subscript) else inner.func
    if f"{source.dotted(inner)}.".startswith(_MAPS) or source.dotted(inner).startswith(_MAPS):
        return True
    if isinstance(node, ast.Name) or is_self_attribute(node):
        named = ast.unparse(node)
        bound = [
            value for _, targets, value in source.bindings if any(ast.unparse(each) == named for each in targets)
        ]  # fmt: skip
        return len(bound) == 1 and not isinstance(bound[0], ast.Name) and _is_map(source, bound[0])
    return False


def _become_bytes(source: Source, place: ast.expr, lines: set[int]) -> bool:
    """Whether a use multiplies, and makes bytes of that. lines: where it does, to be filled."""
    above = source.parent(place)
    while _is_scaled(source, above, place):
        place, above = above, source.parent(above)  # type: ignore[assignment,arg-type]
    made = isinstance(above, ast.Attribute) and above.attr == "astype"
    call = source.parent(above) if made and above is not None else None
    if not isinstance(call, ast.Call) or len(call.args) != 1:
        return False
    lines |= set(range(place.lineno, (call.end_lineno or call.lineno) + 1))
    kind = call.args[0]
    name = kind.value if isinstance(kind, ast.Constant) else source.dotted(kind)
    return name in _BYTES


def _is_scaled(source: Source, above: ast.AST | None, place: ast.expr) -> bool:
    if isinstance(above, ast.Subscript):
        return above.value is place
    return isinstance(above, ast.BinOp) or (
        isinstance(above, ast.Call) and source.dotted(above.func) in _SCALING
    )
