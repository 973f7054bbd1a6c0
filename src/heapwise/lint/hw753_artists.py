"""HW753: a figure holds an object for each item that it draws.

`ax.hist(values, bins=5000)` and `ax.bar(x, heights)` make a `Rectangle` of some 9 kB for each bin and bar; a loop that
calls `ax.axvline`, `ax.plot`, `ax.scatter` or `ax.add_patch` a line, or a patch, for each turn; and one that calls
`ax.imshow` an image, which keeps its array.

What to do: one artist for all: `ax.stairs(*np.histogram(values, bins), fill=True)`, or `histtype="step"`; `ax.vlines`
and `ax.hlines`, `ax.scatter` of all points; `LineCollection(segments)`, `PatchCollection(patches)`; of images
`image.set_data(frame)`. Costs: single items cannot be picked or styled. Said only where a recording tells how much it
is. Clean: bins and bars that are few by the source, or that are coloured, labelled or changed one by one; loops that
begin a figure each turn.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import LOOPS, Source, keyword, names_in

CODE = "HW753"
TITLE = "an artist for each item"
SIZED = True
NEEDS = (
    ".hist(",
    ".bar(",
    ".barh(",
    ".axvline(",
    ".axhline(",
    ".add_patch(",
    ".scatter(",
    ".plot(",
    ".imshow(",
)
_STAIRS = "counts, edges = np.histogram(values, bins); ax.stairs(counts, edges, fill=True)"
_AT_ONCE = {
    "hist": f"{_STAIRS}; or histtype='step'",
    "bar": "ax.stairs(heights, edges, fill=True): one artist for all",
    "barh": "ax.stairs(widths, edges, fill=True, orientation='horizontal'): one artist for all",
}
_BY_TURN = {
    "axvline": "ax.vlines(xs, low, high), once for all", "axhline": "ax.hlines(ys, left, right), once for all",
    "add_patch": "ax.add_collection(PatchCollection(patches, match_original=True))",
    "scatter": "ax.scatter(xs, ys), once for all",
    "plot": "ax.add_collection(LineCollection(segments)); ax.autoscale()",
    "imshow": "image = ax.imshow(...) once, then image.set_data(frame); or image.remove() before the next",
}  # fmt: skip
_NEW_FIGURES = {
    "figure",
    "Figure",
    "subplots",
    "add_subplot",
    "close",
    "clf",
    "cla",
    "clear",
    "savefig",
    "gca",
}
_FEW = 300
_MODULES = {"add_patch": "_base.py"}
"""Method -> the file of Matplotlib that it stands in, where that is not the one of most."""


def look(source: Source) -> Iterator[Hit]:
    """Calls that make an artist for each bin or bar, and loops that make one each turn."""
    for call in source.of(ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method in source.functions_named or any(each.arg is None for each in call.keywords):
            continue
        if method in _AT_ONCE and not _are_few(call, method) and not _is_used(source, call):
            yield _hit(source, call, f"{shown(call)} makes a patch for each", _AT_ONCE[method])
        elif method in _BY_TURN and _goes_on(source, call):
            yield _hit(source, call, f"{shown(call)} makes an artist each turn", _BY_TURN[method])


def _hit(source: Source, call: ast.Call, says: str, fix: str) -> Hit:
    assert isinstance(call.func, ast.Attribute)
    passes = _MODULES.get(call.func.attr, "_axes.py")
    saves = Saves.ALL_BUT_ONE if call.func.attr == "imshow" else Saves.HEADS
    return hit(source, call, CODE, TITLE, says, saves=saves, fix=fix, passes=passes)


def _are_few(call: ast.Call, method: str) -> bool:
    """Whether the source shows that there are few, or that they become one artist anyway."""
    if method != "hist":
        given = [
            *call.args[:2],
            *filter(None, (keyword(call, name) for name in ("height", "width"))),
        ]
        if len(given) < 2:
            return True
        by_one = [
            keyword(call, name) for name in ("color", "facecolor", "edgecolor", "label", "hatch")
        ]
        own = any(each is not None and not isinstance(each, ast.Constant) for each in by_one)
        return own or any(isinstance(each, (ast.List, ast.Tuple)) for each in given)
    kind = keyword(call, "histtype")
    if isinstance(kind, ast.Constant) and kind.value in ("step", "stepfilled"):
        return True
    bins = keyword(call, "bins") or (call.args[1] if len(call.args) > 1 else None)
    if bins is None or isinstance(bins, (ast.List, ast.Tuple)):
        return True
    return isinstance(bins, ast.Constant) and isinstance(bins.value, int) and bins.value < _FEW


def _is_used(source: Source, call: ast.Call) -> bool:
    """Whether the patches themselves, which a call gives, are named to be used: the last of three of a histogram."""
    above = source.parent(call)
    if isinstance(above, ast.Expr):
        return False
    if not isinstance(above, ast.Assign) or len(above.targets) != 1:
        return not (
            isinstance(above, ast.Subscript) and ast.unparse(above.slice) in ("0", "1", ":2")
        )
    [target] = above.targets
    last = target.elts[-1] if isinstance(target, ast.Tuple) and len(target.elts) == 3 else target
    return not isinstance(last, ast.Name) or bool(source.loads.get(last.id))


def _goes_on(source: Source, call: ast.Call) -> bool:
    """Whether a call stands in a loop, and draws what turns before drew on, too."""
    loop = source.loop(call) if isinstance(source.parent(call), ast.Expr) else None
    if not isinstance(loop, LOOPS) or not isinstance(call.func, ast.Attribute):
        return False
    drawn = names_in(call.func.value)
    for node in ast.walk(loop):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) and node.id in drawn:
            return False
        name = node.func if isinstance(node, ast.Call) else None
        if isinstance(name, ast.Attribute) and name.attr in _NEW_FIGURES:
            return False
    return True
