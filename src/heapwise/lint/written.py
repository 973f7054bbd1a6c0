"""Names of arrays that a module writes to in place: buffers that are used again and again."""

from __future__ import annotations

import ast

from heapwise.lint.source import Source, parameters

_WRITING = {
    "fill",
    "sort",
    "put",
    "partition",
    "resize",
    "itemset",
    "setfield",
    "byteswap",
    "extend",
    "append",
}
_FILLING = {"copyto", "put", "place", "putmask", "fill_diagonal", "shuffle"}
_ROUNDS = 4


def written_in_place(source: Source) -> set[str]:
    """Names, and names of attributes, that are written by index, by `out=`, by a method, or by a function of the module
    that they are given to."""
    found: set[str] = set()
    for part in source.of(ast.Subscript):
        if not isinstance(part.ctx, ast.Load):
            found.add(_name(part.value))
    found |= {_name(each.target) for each in source.of(ast.AugAssign)}
    for call in source.of(ast.Call):
        found |= {_name(each.value) for each in call.keywords if each.arg == "out"}
        if isinstance(call.func, ast.Attribute):
            if call.func.attr in _WRITING:
                found.add(_name(call.func.value))
            is_ufunc_at = call.func.attr == "at" and source.dotted(call.func).startswith("numpy.")
            if (call.func.attr in _FILLING or is_ufunc_at) and call.args:
                found.add(_name(call.args[0]))
            if source.dotted(call.func).startswith("numpy.") and len(call.args) > 2:
                found.add(_name(call.args[-1]))  # a ufunc's third is where it writes
    for _ in range(_ROUNDS):
        found |= {
            _name(each.value) for each in source.of(ast.Assign) if _is_view_of_written(each, found)
        }
        found |= {name for loop in source.of(ast.For) for name in _rows_written(loop, found)}
        found |= {name for call in source.of(ast.Call) for name in _given_to(source, call, found)}
    return found - {""}


def _is_view_of_written(node: ast.Assign, written: set[str]) -> bool:
    """`view = array[2:]`, where the view is written to."""
    names = {each.id for each in node.targets if isinstance(each, ast.Name)}
    return isinstance(node.value, ast.Subscript) and bool(names & written)


def _rows_written(loop: ast.For, written: set[str]) -> set[str]:
    """What a loop goes through by rows that it writes to: `for row, value in zip(array, values): row[value] += 1`."""
    if {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}.isdisjoint(
        written
    ):
        return set()
    pairs = [(loop.target, loop.iter)]
    if isinstance(loop.iter, ast.Call) and isinstance(loop.target, ast.Tuple):
        through = getattr(loop.iter.func, "id", "")
        if through == "zip":
            pairs = [*zip(loop.target.elts, loop.iter.args, strict=False)]
        elif through == "enumerate":
            pairs = [*zip(loop.target.elts[1:], loop.iter.args, strict=False)]
    return {_name(through) for target, through in pairs if getattr(target, "id", "") in written}


def _given_to(source: Source, call: ast.Call, written: set[str]) -> set[str]:
    name = _name(call.func)
    found = set()
    for function in (each for each in source.functions if each.name == name):
        taken = [each.arg for each in parameters(function)]
        if isinstance(call.func, ast.Attribute) and taken[:1] == ["self"]:
            taken = taken[1:]
        pairs = [*zip(taken, call.args, strict=False)]
        pairs += [(each.arg or "", each.value) for each in call.keywords]
        found |= {_name(value) for parameter, value in pairs if parameter in written}
    return found


def _name(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
