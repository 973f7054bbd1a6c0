"""HW711: a module is imported for all, and used by one function.

What an import allocates stays for ever: tens of MiB for some libraries, in every process, used or not.

What to do: import it in the function that needs it (done by `--fix --unsafe`); `lazy import` from Python 3.15 on.
Costs: the first call waits for the import. Said only where a recording tells what the import takes. Clean: modules that
the whole file uses.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any

from heapwise.lint.hw721_unused_import import lines_of, top_names
from heapwise.lint.rule import Edit, Hit, Saves, edit, hit
from heapwise.lint.source import FunctionNode, Source

CODE = "HW711"
TITLE = "an import that one function needs"
SIZED = True


def look(source: Source) -> Iterator[Hit]:
    """Imports at the top whose names only one function reads, in its body."""
    for node in source.tree.body:
        if (
            not isinstance(node, (ast.Import, ast.ImportFrom))
            or getattr(node, "module", "") == "__future__"
        ):
            continue
        names = [(a.asname or a.name.split(".")[0]) for a in node.names]
        uses = [use for name in names for use in source.loads.get(name, ())]
        around = {source.function(use) for use in uses}
        function = next(iter(around)) if len(around) == 1 else None
        if function is None or min(use.lineno for use in uses) < function.body[0].lineno:
            continue
        yield hit(
            source, node, CODE, TITLE, f"only {function.name}() uses {', '.join(names)}",
            saves=Saves.IMPORT, needed_by=(lines_of(function),),
            modules=tuple(sorted(top_names(node))), fix=f"import it in {function.name}()",
            edits=_moved(source, node, function) if not _is_rebound(source, names) else (),
        )  # fmt: skip


def _is_rebound(source: Source, names: Collection[str]) -> bool:
    """Whether a name is bound elsewhere as well, or found by its text."""
    stored = {n.id for n in source.of(ast.Name) if not isinstance(n.ctx, ast.Load)}
    stored |= {a.arg for a in source.of(ast.arg)} | {each.name for each in source.functions}
    stored |= {each.name for each in source.of(ast.ClassDef)}
    stored |= {n.value for n in source.of(ast.Constant) if isinstance(n.value, str)}
    stored |= {name for n in source.of(ast.Global) for name in n.names}
    stored |= {name for n in source.of(ast.Nonlocal) for name in n.names}
    imported = [a.asname or a.name.split(".")[0] for a in source.of(ast.alias)]
    words = ("globals(", "locals(", "eval(", "exec(", "vars(", "dir(")
    return any(name in stored or imported.count(name) > 1 for name in names) or any(
        word in source.text for word in words
    )


def _moved(
    source: Source, node: ast.Import | ast.ImportFrom, function: FunctionNode
) -> tuple[Edit, ...]:
    alone = sum(each.lineno == node.lineno for each in source.tree.body) == 1
    if (
        not alone
        or function.body[-1].lineno == function.body[0].lineno != function.body[-1].end_lineno
        or (function.body[1:2] and function.body[1].lineno == function.body[0].end_lineno)
        or function.body[0].lineno == function.lineno
        or "*" in {a.name for a in node.names}
    ):
        return ()

    def removed(line: Any) -> Any:
        import libcst as cst

        return cst.RemoveFromParent() if not line.trailing_whitespace.comment else line

    def inserted(each: Any) -> Any:
        import libcst as cst

        at = 1 if each.get_docstring() is not None else 0
        lines = list(each.body.body)
        lines.insert(at, cst.parse_statement(ast.unparse(node)))
        return each.with_changes(body=each.body.with_changes(body=lines))

    start = (node.lineno, node.col_offset)
    comment = "#" in source.lines[(node.end_lineno or node.lineno) - 1]
    return () if comment else (
        Edit(start, "SimpleStatementLine", removed), edit(source, function, inserted, kind="FunctionDef")
    )  # fmt: skip
