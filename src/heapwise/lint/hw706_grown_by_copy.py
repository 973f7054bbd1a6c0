"""HW706: something is grown by copying all of it at each turn of a loop.

`rows = rows + [x]`, `np.append(a, x)`, `pd.concat([df, part])` make a new whole each time, while the old one still
lives: twice the memory, and work that grows with the square.

What to do: `append`; `bytearray` for bytes; tables: collect the parts in a list, and join them once after the loop.
Arrays: `np.empty(...)` once, of the final size, and fill slices of it: a list of parts and the array that they are
joined to are twice the memory again. Costs: nothing. Clean: joining once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import takewhile

from heapwise.lint.bulk import loop_is_long
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.single_use import block_of
from heapwise.lint.source import Source

CODE = "HW706"
TITLE = "grown by copying"
TIMED = True
_JOINERS = {
    "numpy.append", "numpy.concatenate", "numpy.vstack", "numpy.hstack", "numpy.column_stack", "numpy.insert",
    "pandas.concat", "torch.cat", "polars.concat",
}  # fmt: skip
_JOIN = "collect the parts in a list, and join them once after the loop"
_FILL = "np.empty(...) once, of the final size, and fill slices of it (parts joined at the end are there twice, too)"


def look(source: Source) -> Iterator[Hit]:
    """Assignments in a loop whose value copies what the target holds."""
    for node in source.of(ast.Assign):
        target = node.targets[0]
        if not isinstance(target, (ast.Name, ast.Attribute)) or source.loop(node) is None:
            continue
        joins = isinstance(node.value, ast.Call)
        name = ast.unparse(target)
        if not (joins or loop_is_long(source, node)) or _is_new_each_turn(source, node, name):
            continue
        if _copies(source, node.value, name):
            yield hit(
                source, node, CODE, TITLE, f"{shown(node.value)} copies all of {ast.unparse(target)} at each turn",
                saves=Saves.HALF, fix=_fix(source, node.value),
            )  # fmt: skip
    for grown in source.of(ast.AugAssign):
        looped = source.loop(grown) is not None and loop_is_long(source, grown)
        name = ast.unparse(grown.target)
        if (
            isinstance(grown.op, ast.Add)
            and looped
            and _is_bytes(source, grown)
            and not _is_new_each_turn(source, grown, name)
        ):
            yield hit(
                source, grown, CODE, TITLE, f"{name} is copied whole at each turn",
                saves=Saves.HALF, fix="a bytearray, or b''.join(parts) after the loop",
            )  # fmt: skip


def _is_new_each_turn(source: Source, node: ast.stmt, name: str) -> bool:
    """Whether statements before it, in the same turn of its loop, surely bind the target to something else."""
    loop = source.loop(node)
    for at in takewhile(lambda each: each is not loop, (node, *source.around(node))):
        if isinstance(at, ast.stmt):
            block = block_of(source, at)
            if any(_binds(each, name) for each in block[: block.index(at)]):
                return True
    return False


def _binds(statement: ast.stmt, name: str) -> bool:
    """Whether a statement, or each branch of it, binds a name without a look at what it was."""
    if isinstance(statement, ast.If):
        return all(
            any(_binds(n, name) for n in block) for block in (statement.body, statement.orelse)
        )
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return any(_binds(each, name) for each in statement.body)
    if not isinstance(statement, ast.Assign):
        return False
    read = {
        ast.unparse(n)
        for n in ast.walk(statement.value)
        if isinstance(n, (ast.Name, ast.Attribute))
    }
    bound = {
        ast.unparse(n)
        for each in statement.targets
        for n in ast.walk(each)
        if isinstance(n, (ast.Name, ast.Attribute))
    }
    return name in bound and name not in read


def _fix(source: Source, value: ast.expr) -> str:
    library = source.called(value).partition(".")[0]
    return {"numpy": _FILL, "torch": _FILL.replace("np.", "torch.")}.get(library, _JOIN)


def _copies(source: Source, value: ast.expr, name: str) -> bool:
    if isinstance(value, ast.Call) and source.dotted(value.func) in _JOINERS and value.args:
        first = value.args[0]
        parts = first.elts if isinstance(first, (ast.List, ast.Tuple)) else [first]
        return any(ast.unparse(each) == name for each in parts)
    if isinstance(value, (ast.List, ast.Tuple)):
        return any(isinstance(e, ast.Starred) and ast.unparse(e.value) == name for e in value.elts)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        made = isinstance(value.right, (ast.List, ast.ListComp))
        return ast.unparse(value.left) == name and made
    return False


def _is_bytes(source: Source, grown: ast.AugAssign) -> bool:
    """Whether the target begins as b"" in the same function."""
    name = ast.unparse(grown.target)
    around = source.function(grown)
    if around is None or not isinstance(grown.target, ast.Name):
        return False
    return any(
        isinstance(n, ast.Assign)
        and _begins_empty(n.targets[0], n.value, name)
        and source.loop(n) is not source.loop(grown)
        for n in ast.walk(around)
    )


def _begins_empty(target: ast.expr, value: ast.expr, name: str) -> bool:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return any(map(_begins_empty, target.elts, value.elts, [name] * len(target.elts)))
    empty = isinstance(value, ast.Constant) and value.value == b""
    return empty and isinstance(target, ast.Name) and target.id == name
