"""HW344: the same axes are drawn on again and again.

`ax.plot(...)` at each update does not replace the former line: the axes keep each line, image and collection that was
ever drawn on them, with copies of its data, and draw them all.

What to do: make the line once, `line.set_data(x, y)` and `ax.relim()` at each update (`image.set_data`,
`collection.set_offsets`); or `ax.cla()` before, or `artist.remove()`. Costs: limits and legends must be brought up to
date by hand. Clean: curves with labels, or that shine through; curves that one function draws in a loop and shows at
the end.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW344"
TITLE = "the same axes are drawn on again and again"
_AXES = (
    "matplotlib.axes._axes.Axes", "matplotlib.projections.polar.PolarAxes", "mpl_toolkits.mplot3d.axes3d.Axes3D",
    "cartopy.mpl.geoaxes.GeoAxes", "matplotlib.axes._subplots.AxesSubplot",
)  # fmt: skip
_DRAWS = frozenset((
    "plot", "step", "semilogx", "semilogy", "loglog", "errorbar", "scatter", "fill_between", "imshow", "matshow",
    "pcolormesh", "pcolor", "contour", "contourf", "quiver", "streamplot", "plot_surface", "plot_wireframe", "plot3D",
    "text", "annotate", "axhline", "axvline", "axvspan", "axhspan", "add_line", "add_collection", "add_patch",
))  # fmt: skip
"""Methods that make one artist, or one for each column."""
_SHOWS = frozenset((
    "draw", "draw_idle", "pause", "savefig", "print_figure", "print_png", "show", "flush_events", "grab_frame",
    "start_event_loop", "buffer_rgba", "tostring_rgb", "add_figure",
))  # fmt: skip
_UPDATES = re.compile(r"_*(update|refresh|redraw|replot|animate|tick|on_)")
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_BEGINS = frozenset((
    "figure", "Figure", "subplots", "add_subplot", "close", "clf", "cla", "clear", "gca",
))  # fmt: skip
_DEPTH = 2
_NAMES_THEM = frozenset(("label", "alpha"))
_LEAST_ARTISTS, _LEAST_LARGE, _LARGE_BYTES, _LEAST_SHARE = 16, 4, 256 << 10, 0.1
"""Of images that keep so much each, few are enough."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Axes with many artists that one line has made, where the source tells that it is to show the last."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for axes in (node for kind in _AXES for node in snapshot.of_type_exactly(kind)):
        children = attribute(snapshot, axes, "_children")
        for (kind, at), artists in (
            _by_line(snapshot, children).items() if children is not None else ()
        ):
            if len(artists) < _LEAST_LARGE:
                continue
            saving = snapshot.retained_of(artists[1:])
            if len(artists) < _LEAST_ARTISTS and saving < _LARGE_BYTES * len(artists):
                continue
            if not _is_update(program_source(snapshot), at):
                continue
            if saving >= least:
                told = f"{len(artists)} {kind} on one axes, of one line, with {units.size(saving)}"
                yield structural(
                    snapshot, artists[len(artists) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                    fix="make it once and set_data(...) at each update, then ax.relim(); or ax.cla() before",
                    evidence=[told], subject=kind, freed=Freed(roots=artists[1:], entirely=True),
                )  # fmt: skip


def _by_line(snapshot: Snapshot, children: int) -> dict[tuple[str, Frame], list[int]]:
    """(class, line of the program) -> the artists that hide what is below them."""
    found: dict[tuple[str, Frame], list[int]] = {}
    for step in snapshot.steps_from(children):
        at = snapshot.allocated_at(step.node) if step.kind == "index" else None
        alpha = attribute(snapshot, step.node, "_alpha")
        if at is not None and (alpha is None or snapshot.type_of(alpha) == "NoneType"):
            found.setdefault((snapshot.type_of(step.node), at), []).append(step.node)
    return found


def _is_update(source: ProgramSource, at: Frame) -> bool:
    """Whether a line draws what is to take the place of what it drew before: it is shown in the same round of a loop,
    or by the same function, which is called again; or the function's name or its use as a callback tell it."""
    calls = [
        each for each in source.of(ast.Call)
        if each.lineno <= at.line <= (each.end_lineno or 0) and source.file_of(each) == at.file
        and isinstance(each.func, ast.Attribute) and each.func.attr in _DRAWS and not _is_kept(source, each)
    ]  # fmt: skip
    if not calls or any(keyword.arg in _NAMES_THEM for each in calls for keyword in each.keywords):
        return False
    call, axes = calls[0], _first_name(calls[0])
    function = source.scope_of(call)
    above, is_all_at_once = source.above(call), False
    while above is not None and above is not function:
        if isinstance(above, _LOOPS):
            if axes in _bound(above.body):
                return False
            if _shows(source, above.body):
                return True
            is_all_at_once |= isinstance(above, ast.While) or axes not in _names(above.target)
        above = source.above(above)
    if not isinstance(function, FUNCTIONS) or axes in _bound(function.body):
        return False
    return (
        (_shows(source, function.body) and not is_all_at_once)
        or _UPDATES.match(function.name) is not None
        or _is_handed_on(source, function.name)
        or (not is_all_at_once and _is_shown_by_callers(source, function.name))
    )


def _is_shown_by_callers(source: ProgramSource, name: str, depth: int = _DEPTH) -> bool:
    """Whether what calls a function shows what it drew, in the same round of its loop, or in the same call; what calls
    that, in the same round of a loop that begins no figure."""
    for call in source.of(ast.Call):
        function = source.scope_of(call)
        if last_name(call.func) != name or not isinstance(function, FUNCTIONS):
            continue
        above = source.above(call)
        while above is not None and above is not function and not isinstance(above, _LOOPS):
            above = source.above(above)
        around = above if isinstance(above, _LOOPS) else function
        is_near = depth == _DEPTH and (around is not function or function.name != name)
        is_round = around is not function and not _begins(call, around.body)
        if (is_near or is_round) and _shows(source, around.body, but=name):
            return True
        if (
            depth
            and function.name != name
            and _is_shown_by_callers(source, function.name, depth - 1)
        ):
            return True
    return False


def _is_kept(source: ProgramSource, call: ast.Call) -> bool:
    """Whether the program keeps what it has drawn, other than in locals: to change it, or to take it away."""
    above = source.above(call)
    if isinstance(above, ast.Assign):
        return any(
            isinstance(each, (ast.Attribute, ast.Subscript))
            for target in above.targets
            for each in ast.walk(target)
        )
    return not isinstance(above, (ast.Expr, ast.Return))


def _first_name(call: ast.Call) -> str:
    node: ast.AST = call.func
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names(node: ast.AST) -> frozenset[str]:
    return frozenset(each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _bound(body: Sequence[ast.stmt]) -> frozenset[str]:
    """The names that some statements assign, without the targets of loops."""
    found: frozenset[str] = frozenset()
    for each in (inner for statement in body for inner in ast.walk(statement)):
        if isinstance(each, ast.Assign):
            found = found.union(
                *(
                    _names(target)
                    for target in each.targets
                    if not isinstance(target, ast.Attribute)
                )
            )
    return found


def _begins(call: ast.Call, body: Sequence[ast.stmt]) -> bool:
    """Whether some statements begin a figure, or make what the call draws on, as far as its names tell."""
    handed = frozenset().union(*map(_names, call.args)) if isinstance(call.func, ast.Name) else ()
    drawn = {_first_name(call), *handed}
    return not (_called(body).isdisjoint(_BEGINS) and _bound(body).isdisjoint(drawn))


def _called(body: Sequence[ast.stmt]) -> frozenset[str]:
    """The last names of what some statements call."""
    calls = (
        each for statement in body for each in ast.walk(statement) if isinstance(each, ast.Call)
    )
    return frozenset(last_name(each.func) for each in calls)


def _shows(source: ProgramSource, body: Sequence[ast.stmt], *, but: str = "") -> bool:
    """Whether some statements show a figure, or call a function of the program that does. but: a function that is not
    looked into."""
    own = {each.name: each for each in source.functions}
    called = _called(body)
    if called & _SHOWS - set(own):
        return True
    inner = (_called(own[name].body) for name in called & set(own) - {but})
    return any(each & _SHOWS - set(own) for each in inner)


def _is_handed_on(source: ProgramSource, name: str) -> bool:
    """Whether a function is given to somebody who is to call it."""
    given = (
        arg
        for each in source.of(ast.Call)
        for arg in (*each.args, *(k.value for k in each.keywords))
    )
    return any(
        isinstance(each, (ast.Name, ast.Attribute)) and last_name(each) == name for each in given
    )
