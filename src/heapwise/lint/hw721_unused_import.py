"""HW721: an import that nothing uses.

What an import allocates stays for ever: tens of MiB for some libraries, and what these import in turn, per process.

What to do: leave it out; if other code needs what it does by being imported, say so with `# noqa`. Costs: nothing. Said
only where a recording tells what the import takes, and where no other code that ran imports the same library. Clean: an
import whose name is read, listed in `__all__`, or tried for whether it is there; a library that what is called needs,
as pyarrow's `to_pandas()` does pandas.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FUNCTIONS, FunctionNode, Source

CODE = "HW721"
TITLE = "an import that nothing uses"
SIZED = True
_BY_TEXT, _BY_TEXT_HERE = {"globals", "eval", "exec"}, {"locals", "vars", "dir"}
"""Calls that find a name by its text; the second: one of their own function."""

_NEEDED_FOR = {
    "pandas": {"to_pandas", "toPandas", "from_pandas", "to_dataframe", "df", "fetchdf", "fetch_df"},
    "pyarrow": {"to_parquet", "read_parquet", "to_feather", "read_feather", "to_arrow", "fetch_arrow_table"},
    "openpyxl": {"to_excel", "read_excel"}, "xlsxwriter": {"to_excel"}, "tabulate": {"to_markdown"},
    "lxml": {"read_html", "read_xml", "to_xml"}, "matplotlib": {"plot", "hist", "boxplot"},
    "PIL": {"imread", "imsave"}, "scipy": {"interpolate", "corr", "kurt"},
}  # fmt: skip
"""Libraries -> methods of others that load them in native code, which no import statement tells."""
_TELLING: tuple[type[ast.AST], ...] = (ast.Name, ast.Constant, ast.Global, ast.Nonlocal)

Import = ast.Import | ast.ImportFrom


def look(source: Source) -> Iterator[Hit]:
    """Imports whose names their function, or the module, never reads."""
    if source.path.endswith("__init__.py"):
        return
    every = statements(source)
    for node in every:
        scope = source.scope(node)
        if not _is_plain(source, node) or not isinstance(scope, (*FUNCTIONS, ast.Module)):
            continue
        tops = top_names(node)
        if any(_NEEDED_FOR.get(top, set()) & _methods(source) for top in tops):
            continue
        others = [each for each in every if each is not node and tops & top_names(each)]
        around = [source.function(each) for each in others]
        if not any(each is None for each in around) and _is_unread(source, node, scope):
            yield hit(
                source, node, CODE, TITLE, f"nothing reads {', '.join(_names(node))}", saves=Saves.IMPORT,
                needed_by=tuple(lines_of(each) for each in around if each),
                modules=tuple(sorted(tops)), fix="leave it out, or import it where it is needed",
            )  # fmt: skip


def _methods(source: Source) -> set[str]:
    return {each.func.attr for each in source.of(ast.Call) if isinstance(each.func, ast.Attribute)}


def statements(source: Source) -> list[Import]:
    """The import statements of a file."""
    return [*source.of(ast.Import), *source.of(ast.ImportFrom)]


def top_names(node: Import) -> set[str]:
    """The libraries that an import statement loads, by their first names."""
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]} if not node.level else set()
    return {each.name.partition(".")[0] for each in node.names}


def lines_of(function: FunctionNode) -> tuple[str, int, int]:
    """The name of a function, and the lines that it stands on."""
    return function.name, function.lineno, function.end_lineno or function.lineno


def _names(node: Import) -> list[str]:
    return [each.asname or each.name.partition(".")[0] for each in node.names]


def _is_plain(source: Source, node: Import) -> bool:
    """Whether it is there for its names: not tried, not only for types, not `*`, not marked as wanted."""
    above = list(source.around(node))
    lines = source.lines[node.lineno - 1 : node.end_lineno]
    return (
        bool(top_names(node)) and "__future__" not in top_names(node) and "*" not in _names(node)
        and not any(isinstance(each, ast.Try) and each.handlers for each in above)
        and not any(isinstance(each, ast.If) for each in above)
        and not any("noqa" in line for line in lines)
    )  # fmt: skip


def _is_unread(source: Source, node: Import, scope: ast.Module | FunctionNode) -> bool:
    names = set(_names(node))
    inside: Iterable[ast.AST] = (
        ast.walk(scope) if not isinstance(scope, ast.Module)
        else (each for kind in _TELLING for each in source.of(kind))
    )  # fmt: skip
    told: set[str] = set()
    here: set[str] = set()
    for each in inside:
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            told.add(each.id)
            if each.id in _BY_TEXT_HERE and source.scope(each) is scope:
                here.add(each.id)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            told.add(each.value)
        elif isinstance(each, (ast.Global, ast.Nonlocal)):
            told.update(each.names)
    return not names & told and not told & _BY_TEXT and not here
