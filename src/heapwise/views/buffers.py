"""Arrays whose values at the peak are not what they will be: the program writes to them in place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from heapwise import lint
from heapwise.analyze.line_costs import LineCosts
from heapwise.findings import hw308_wide_arrays, hw309_constant_arrays, hw311_equal_arrays
from heapwise.lint.source import Source
from heapwise.lint.written import written_in_place
from heapwise.model.finding import Finding

_OF_VALUES = (
    hw308_wide_arrays.TITLE, hw309_constant_arrays.TITLE, hw309_constant_arrays.SPARSE, hw311_equal_arrays.TITLE,
)  # fmt: skip


def without_buffers(
    found: Sequence[Finding], costs: LineCosts, at_end: Sequence[Finding] | None
) -> list[Finding]:
    """The findings without arrays of one value that the program writes to: they held others before, and will again;
    and without those on the values of arrays of the peak that it writes to, unless they are the same at the end.
    at_end: what is said of the end, where the findings are of the peak before it."""
    known = {(each.code, each.file, each.line) for each in at_end or ()}
    return [
        each for each in found
        if not _is_constant(each, costs)
        and (
            at_end is None
            or each.title not in _OF_VALUES
            or (each.code, each.file, each.line) in known
            or not _is_written(each)
        )
    ]  # fmt: skip


def read_source(path: Path) -> Source | None:
    """A file, read; None where that is no source."""
    try:
        return Source(str(path), lint.read(path))
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def _is_constant(each: Finding, costs: LineCosts) -> bool:
    name = re.search(r"\w+$", each.holder)
    if each.title != hw309_constant_arrays.TITLE or name is None:
        return False
    sources = (read_source(path) for path in costs.files())
    return any(source is not None and name[0] in written_in_place(source) for source in sources)


def _is_written(each: Finding) -> bool:
    """Whether the program writes to what the line of a finding gives a name."""
    source = read_source(Path(each.file)) if each.file else None
    return source is not None and not written_in_place(source).isdisjoint(
        _given_names(source, each.line)
    )


def _given_names(source: Source, line: int) -> Iterator[str]:
    """The names and attributes that statements of a line are assigned to."""
    for node in source.of(ast.Assign):
        if node.lineno <= line <= (node.end_lineno or node.lineno):
            for each in node.targets:
                if isinstance(each, ast.Attribute):
                    yield each.attr
                elif isinstance(each, ast.Name):
                    yield each.id
