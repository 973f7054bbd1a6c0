"""HW726: windows that overlap are copied.

`np.array([x[i : i + width] for i in range(n)])` copies each value once for every window that it lies in: `width` times
the bytes of `x`. So does `windows[i] = x[i : i + width]` in a loop.

What to do: `np.lib.stride_tricks.sliding_window_view(x, width, axis=0)[::step]`, which copies nothing (it is read-only,
and its windows lie along the last axis); of a tensor `x.unfold(0, width, step)`. Costs: the view cannot be written to.
Said only where a recording tells how much it is. Clean: windows that lie side by side, of texts, or that are changed in
place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW726"
TITLE = "overlapping windows are copied"
SIZED = True
NEEDS = ("stack(", "array(", "tensor(", "empty(", "zeros(")
_COPIES = {
    "numpy.array", "numpy.asarray", "numpy.stack", "numpy.vstack", "torch.stack",
}  # fmt: skip
_MAKERS = {"numpy.empty", "numpy.zeros", "torch.empty", "torch.zeros"}
_TEXTS = {"join", "read_text", "read_bytes", "decode", "encode"}


def look(source: Source) -> Iterator[Hit]:
    """Arrays of slices that begin at every step of a range and are wider than it, made of them or filled with them."""
    yield from _filled(source)
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name not in _COPIES or not call.args:
            continue
        found = _windows(source, call, call.args[0])
        if found is None:
            continue
        part, starts = found
        if _overlap(source, part, starts) and not (
            _is_text(source, part.value) or _is_changed(source, call)
        ):
            yield _hit(source, call, part, is_tensor=name == "torch.stack")


def _hit(source: Source, call: ast.expr, part: ast.Subscript, *, is_tensor: bool) -> Hit:
    text = shown(part.value)
    view = f"np.lib.stride_tricks.sliding_window_view({text}, width, axis=0)[::step]"
    return hit(
        source, call, CODE, TITLE, f"each value of {text} is copied for every window that it lies in",
        saves=Saves.WHOLE, fix=f"{text}.unfold(0, width, step)" if is_tensor else view,
    )  # fmt: skip


def _filled(source: Source) -> Iterator[Hit]:
    """`windows = np.empty(...)`, `for i in range(n): windows[i] = x[i : i + width]`, and nothing else sets them."""
    for node in source.of(ast.Assign):
        target, loop = node.targets[0], source.loop(node)
        if not isinstance(loop, ast.For) or node not in loop.body or len(node.targets) != 1:
            continue
        if not isinstance(target, ast.Subscript) or not isinstance(target.value, ast.Name):
            continue
        made = _value(source, node, target.value)
        index = target.slice.elts[0] if isinstance(target.slice, ast.Tuple) else target.slice
        found = _slice(node.value, loop.target, loop.iter)
        maker = source.called(made)
        if made is None or maker not in _MAKERS:
            continue
        if found is None or ast.unparse(index) != ast.unparse(loop.target):
            continue
        if _overlap(source, *found) and not _is_changed(source, made, but=target):
            yield _hit(source, made, found[0], is_tensor=maker.startswith("torch."))


def _windows(
    source: Source, call: ast.Call, given: ast.expr
) -> tuple[ast.Subscript, ast.expr] | None:
    """(the slice that is taken, what its beginning goes through); None where it is nothing of the kind."""
    made = _value(source, call, given) if isinstance(given, ast.Name) else given
    if isinstance(made, ast.ListComp) and len(made.generators) == 1 and not made.generators[0].ifs:
        return _slice(made.elt, made.generators[0].target, made.generators[0].iter)
    if isinstance(made, ast.List) and not made.elts and isinstance(given, ast.Name):
        return _appended(source, call, given.id)
    return None


def _appended(source: Source, call: ast.Call, name: str) -> tuple[ast.Subscript, ast.expr] | None:
    """The same of a list that one loop appends to, and that is read once."""
    scope = source.function(call)
    reads = [n for n in source.loads.get(name, ()) if source.function(n) is scope]
    owners = [source.parent(n) for n in reads]
    appends = [
        source.parent(n) for n in owners if isinstance(n, ast.Attribute) and n.attr == "append"
    ]
    if len(reads) != 2 or len(appends) != 1:
        return None
    append = appends[0]
    loop = source.loop(append) if append is not None else None
    if not isinstance(append, ast.Call) or not isinstance(loop, ast.For) or len(append.args) != 1:
        return None
    if source.statement(append) not in loop.body:
        return None
    return _slice(append.args[0], loop.target, loop.iter)


def _slice(
    part: ast.expr, target: ast.expr, starts: ast.expr
) -> tuple[ast.Subscript, ast.expr] | None:
    if not isinstance(part, ast.Subscript) or not isinstance(target, ast.Name):
        return None
    index = (
        part.slice.elts[0] if isinstance(part.slice, ast.Tuple) and part.slice.elts else part.slice
    )
    if (
        not isinstance(index, ast.Slice)
        or not isinstance(index.lower, ast.Name)
        or index.step is not None
    ):
        return None
    return (part, starts) if index.lower.id == target.id else None


def _overlap(source: Source, part: ast.Subscript, starts: ast.expr) -> bool:
    """Whether windows surely are wider than the step, or are of widths and steps that have names of their own."""
    index = part.slice.elts[0] if isinstance(part.slice, ast.Tuple) else part.slice
    first, end = index.lower, index.upper  # type: ignore[attr-defined]
    if not isinstance(end, ast.BinOp) or not isinstance(end.op, ast.Add):
        return False
    if ast.dump(end.left) != ast.dump(first) and ast.dump(end.right) != ast.dump(first):
        return False
    width = end.right if ast.dump(end.left) == ast.dump(first) else end.left
    if isinstance(starts, ast.Name):
        bound = _value(source, part, starts)
        starts = bound if bound is not None else starts
    if source.called(starts) not in ("range", "numpy.arange") or not isinstance(starts, ast.Call):
        return False
    step = starts.args[2] if len(starts.args) > 2 else ast.Constant(1)
    if starts.keywords or ast.dump(step) == ast.dump(width):
        return False
    wide, far = (_value(source, part, each) or each for each in (width, step))
    if ast.dump(wide) == ast.dump(far):
        return False
    if isinstance(wide, ast.Constant) and isinstance(far, ast.Constant):
        both = isinstance(wide.value, int) and isinstance(far.value, int)
        return both and wide.value > far.value  # type: ignore[operator]
    return not _is_beyond(far, width, wide)


def _is_text(source: Source, node: ast.expr) -> bool:
    """Whether it is plainly no array: a text, or bytes."""
    if not isinstance(node, ast.Name):
        return False
    made = _value(source, node, node)
    if isinstance(made, (ast.Constant, ast.JoinedStr)) or (
        isinstance(made, ast.Call) and getattr(made.func, "attr", "") in _TEXTS
    ):
        return True
    said = [
        each.annotation for scope, each in source.binders.get(node.id, ())
        if scope is source.scope(node) and isinstance(each, ast.arg)
    ]  # fmt: skip
    return any(isinstance(each, ast.Name) and each.id in ("str", "bytes") for each in said)


def _is_changed(source: Source, call: ast.expr, but: ast.expr | None = None) -> bool:
    """Whether the windows have a name, by which some are set (but at one place): a view does not let it."""
    above = source.parent(call)
    names = {
        each.id for each in (above.targets if isinstance(above, ast.Assign) else ())
        if isinstance(each, ast.Name)
    }  # fmt: skip
    for node in ast.walk(source.scope(call)) if names else ():
        place: ast.expr | None = node.target if isinstance(node, ast.AugAssign) else None
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            place = node.value if node is not but else None
        while isinstance(place, ast.Subscript):
            place = place.value
        if isinstance(place, ast.Name) and place.id in names:
            return True
    return False


def _is_beyond(step: ast.expr, *widths: ast.expr) -> bool:
    """Whether a step is computed as a width and something more."""
    if not isinstance(step, ast.BinOp) or not isinstance(step.op, (ast.Add, ast.Mult)):
        return False
    sides = {ast.dump(step.left), ast.dump(step.right)}
    return any(ast.dump(each) in sides for each in widths)


def _value(source: Source, near: ast.AST, node: ast.expr) -> ast.expr | None:
    """What a name is bound to, once, in the function or the module."""
    if not isinstance(node, ast.Name):
        return None
    for scope in (source.function(near), None):
        found = [
            value for statement, targets, value in source.bindings
            if source.function(statement) is scope
            and any(isinstance(each, ast.Name) and each.id == node.id for each in targets)
        ]  # fmt: skip
        if found:
            return found[0] if len(found) == 1 else None
    return None
