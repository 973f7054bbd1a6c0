"""What the function that scales arrays does with them: reads them part by part, or works out another from them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import ProgramSource
from heapwise.findings.scaled import is_scaled_at, names_bound_by, statements_at, values_of


def is_read_by_parts_at(source: ProgramSource, file: str, line: int) -> bool:
    """Whether the array that a line binds is looked at in slices alone, by a loop, beside its size; it may be given
    back."""
    for statement in statements_at(source, file, line):
        for name in names_bound_by(statement):
            reads = list(_reads(source, statement, name))
            parts = [each for each in reads if _is_part(source, each)]
            rest = [each for each in reads if each not in parts]
            if any(source.is_in_loop(each) for each in parts) and all(
                _is_size(source, each) or _is_given_back(source, each) for each in rest
            ):
                return True
    return False


def scaled_before(source: ProgramSource, file: str, line: int) -> int | None:
    """The line that scales the array from which a line works out another one, in the same function, where that is still
    there; None where there is none."""
    for statement in statements_at(source, file, line):
        scope, bound = source.scope_of(statement), names_bound_by(statement)
        names = {
            each.id for value in values_of(statement) if isinstance(value, ast.BinOp)
            for each in ast.walk(value) if isinstance(each, ast.Name)
        }  # fmt: skip
        for each in source.of(ast.Assign):
            is_before = source.scope_of(each) is scope and each.lineno < statement.lineno
            kept = names_bound_by(each) & names - bound
            if is_before and kept and is_scaled_at(source, file, each.lineno):
                return each.lineno
    return None


def _reads(source: ProgramSource, after: ast.stmt, name: str) -> Iterator[ast.Name]:
    scope = source.scope_of(after)
    return (
        each for each in source.of(ast.Name)
        if each.id == name and isinstance(each.ctx, ast.Load) and source.scope_of(each) is scope
        and each.lineno > (after.end_lineno or after.lineno)
    )  # fmt: skip


def _is_part(source: ProgramSource, read: ast.Name) -> bool:
    above = source.above(read)
    if not isinstance(above, ast.Subscript) or above.value is not read:
        return False
    first = above.slice.elts[0] if isinstance(above.slice, ast.Tuple) else above.slice
    return isinstance(first, ast.Slice) and None not in (first.lower, first.upper)


def _is_size(source: ProgramSource, read: ast.Name) -> bool:
    above = source.above(read)
    if isinstance(above, ast.Call):
        return isinstance(above.func, ast.Name) and above.func.id == "len"
    return isinstance(above, ast.Attribute) and above.attr in ("shape", "size", "ndim", "dtype")


def _is_given_back(source: ProgramSource, read: ast.Name) -> bool:
    above = source.above(read)
    if isinstance(above, ast.Tuple):
        above = source.above(above)
    return isinstance(above, ast.Return)
