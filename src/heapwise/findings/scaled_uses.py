"""What the function that scales arrays does with them: reads them part by part, or works out another from them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import FUNCTIONS, ProgramSource
from heapwise.analyze.statement import last_name
from heapwise.findings.scaled import is_scaled_at, names_bound_by, statements_at, values_of

_KEEP = (ast.ListComp, ast.SetComp, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.DictComp)
_PUT = frozenset(("append", "appendleft", "add", "insert", "extend", "put", "list"))


def is_read_by_parts_at(source: ProgramSource, file: str, line: int) -> bool:
    """Whether the array that a line of a function binds is looked at in slices alone, each by the turns of a loop,
    beside its size; it may be given back with what they came to. Slices that are kept, or changed, are no such. Of an
    attribute the slices that a method gives by its arguments are."""
    for statement in statements_at(source, file, line):
        if not isinstance(source.scope_of(statement), FUNCTIONS):
            continue  # any function may use it
        uses: list[list[ast.Name] | list[ast.Attribute]] = [
            *(list(_reads(source, statement, name)) for name in names_bound_by(statement)),
            *(list(_attribute_reads(source, statement, each)) for each in _attributes_bound_by(statement)),
        ]  # fmt: skip
        for reads in uses:  # of each name that it binds
            parts = [each for each in reads if _is_part(source, each)]
            rest = [each for each in reads if each not in parts]
            if parts and all(
                _is_size(source, each) or _is_given_back(source, each) for each in rest
            ):
                return True
    return False


def scaled_before(source: ProgramSource, file: str, line: int) -> int | None:
    """The line that scales the array from which a line works out another one, in the same function, and which nothing
    else reads; None where there is none."""
    for statement in statements_at(source, file, line):
        scope, bound = source.scope_of(statement), names_bound_by(statement)
        names = {
            each.id for value in values_of(statement) if isinstance(value, ast.BinOp)
            for each in ast.walk(value) if isinstance(each, ast.Name)
        }  # fmt: skip
        for each in source.of(ast.Assign):
            is_before = source.scope_of(each) is scope and each.lineno < statement.lineno
            kept = names_bound_by(each) & names - bound
            if not is_before or not kept or not is_scaled_at(source, file, each.lineno):
                continue
            reads = [read for name in kept for read in _reads(source, each, name)]
            if all(
                statement.lineno <= read.lineno <= (statement.end_lineno or 0) for read in reads
            ):
                return each.lineno
    return None


def _reads(source: ProgramSource, after: ast.stmt, name: str) -> Iterator[ast.Name]:
    """Of a name of a function, in it and in those that stand in it, but in the statement that binds it."""
    scope = source.scope_of(after)
    first, last = after.lineno, after.end_lineno or after.lineno
    return (
        each for each in ast.walk(scope)
        if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
        and not first <= each.lineno <= last
    )  # fmt: skip


def _attributes_bound_by(statement: ast.stmt) -> list[ast.Attribute]:
    """What an assignment binds of an object: `self.x`."""
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return [each for each in targets if isinstance(each, ast.Attribute)]


def _attribute_reads(
    source: ProgramSource, after: ast.stmt, bound: ast.Attribute
) -> Iterator[ast.Attribute]:
    """Of an attribute, by its name, wherever the program reads it: but in the statement that binds it, and where a
    function that binds it itself fills it."""
    makers = {
        source.scope_of(each) for each in source.of(ast.Attribute)
        if each.attr == bound.attr and isinstance(each.ctx, ast.Store)
    }  # fmt: skip
    for each in source.of(ast.Attribute):
        if each.attr != bound.attr or not isinstance(each.ctx, ast.Load):
            continue
        above = source.above(each)
        is_filled = isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Store)
        if after in _above_all(source, each) or (is_filled and source.scope_of(each) in makers):
            continue
        yield each


def _above_all(source: ProgramSource, node: ast.AST) -> Iterator[ast.AST]:
    while (above := source.above(node)) is not None:
        yield above
        node = above


def _is_part(source: ProgramSource, read: ast.Name | ast.Attribute) -> bool:
    """Whether it is `x[i:j]` in a loop, of bounds that are no constants, and something is worked out from it there; or
    what a method gives of an attribute, by its arguments."""
    part = source.above(read)
    if not isinstance(part, ast.Subscript) or part.value is not read:
        return False
    first = part.slice.elts[0] if isinstance(part.slice, ast.Tuple) else part.slice
    is_slice = isinstance(first, ast.Slice) and None not in (first.lower, first.upper)
    if not is_slice and not _is_picked(source, read, first):
        return False
    turns = any(isinstance(each, ast.Name) for each in ast.walk(first))
    user = source.above(part)
    is_given = isinstance(user, ast.Tuple) and isinstance(source.above(user), ast.Return)
    is_kept = (isinstance(user, (*_KEEP, ast.comprehension)) and not is_given) or (
        isinstance(user, ast.Call) and last_name(user.func) in _PUT
    )
    is_of_object = isinstance(read, ast.Attribute) and isinstance(source.scope_of(read), FUNCTIONS)
    is_turn = is_of_object or source.is_in_loop(read)
    return turns and isinstance(part.ctx, ast.Load) and is_turn and not is_kept


def _is_picked(source: ProgramSource, read: ast.Name | ast.Attribute, first: ast.expr) -> bool:
    """Whether a method takes the rows of an attribute that an argument tells: a dataset's `self.images[rows]`."""
    scope = source.scope_of(read)
    if not isinstance(read, ast.Attribute) or not isinstance(scope, FUNCTIONS):
        return False
    given = [each.arg for each in (*scope.args.posonlyargs, *scope.args.args)][1:]
    return any(isinstance(each, ast.Name) and each.id in given for each in ast.walk(first))


def _is_size(source: ProgramSource, read: ast.Name | ast.Attribute) -> bool:
    above = source.above(read)
    if isinstance(above, ast.Call):
        return isinstance(above.func, ast.Name) and above.func.id == "len"
    return isinstance(above, ast.Attribute) and above.attr in ("shape", "size", "ndim", "dtype")


def _is_given_back(source: ProgramSource, read: ast.Name | ast.Attribute) -> bool:
    """Beside something else: a function that gives the array alone makes it for others."""
    above = source.above(read)
    return isinstance(above, ast.Tuple) and isinstance(source.above(above), ast.Return)
