"""HW711: a module is imported for all, and used by few functions.

What an import allocates stays for ever: tens of MiB for some libraries, in every process, used or not.

What to do: import it in the function that needs it, in the branch that does (done by `--fix --unsafe`); `lazy import`
from Python 3.15 on. Costs: the first call waits for the import. Said only where a recording tells what the import
takes, and that nothing that needs it ran. Clean: modules that the file uses as it is imported.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from heapwise.lint.hw721_unused_import import top_names
from heapwise.lint.rule import Edit, Hit, Saves, edit, hit, position
from heapwise.lint.source import FUNCTIONS, FunctionNode, Source

CODE = "HW711"
TITLE = "an import that few functions need"
SIZED = True
_MOST_FUNCTIONS = 3

_Block = FunctionNode | ast.If | ast.ExceptHandler


def look(source: Source) -> Iterator[Hit]:
    """Imports at the top whose names only functions read, in their bodies."""
    for node in source.tree.body:
        if (
            not isinstance(node, (ast.Import, ast.ImportFrom))
            or getattr(node, "module", "") == "__future__"
        ):
            continue
        names = [(a.asname or a.name.split(".")[0]) for a in node.names]
        uses: dict[FunctionNode | None, list[ast.Name]] = {}
        for use in (use for name in names for use in source.loads.get(name, ())):
            uses.setdefault(_outermost(source, use), []).append(use)
        functions = [each for each in uses if each is not None]
        if not functions or None in uses or len(functions) > _MOST_FUNCTIONS:
            continue
        blocks = [_block(source, each, uses[each]) for each in functions]
        told = " and ".join(f"{each.name}()" for each in functions)
        is_edited = len(functions) == 1 and not _is_rebound(source, names)
        yield hit(
            source, node, CODE, TITLE, f"only {told} {_use(functions)} {', '.join(names)}",
            saves=Saves.IMPORT, needed_by=tuple(_lines_of(*each) for each in zip(functions, blocks, strict=True)),
            modules=tuple(sorted(top_names(node))), fix=f"import it in {told}",
            edits=_moved(source, node, blocks[0]) if is_edited else (),
        )  # fmt: skip


def _use(functions: Sequence[FunctionNode]) -> str:
    return "use" if len(functions) > 1 else "uses"


def _outermost(source: Source, use: ast.Name) -> FunctionNode | None:
    """The function or method in whose body a name is read; none where that is not by its being called."""
    function = None
    for each in source.around(use):
        if isinstance(each, FUNCTIONS):
            function = each
    return (
        function
        if function and position(source, use) >= position(source, function.body[0])
        else None
    )


def _block(source: Source, function: FunctionNode, uses: Sequence[ast.Name]) -> _Block:
    """The innermost branch of a function that has all uses of a name in its body; the function where none has."""
    around = [list(source.around(use)) for use in uses]
    for each in around[0]:
        if each is function:
            break
        if isinstance(each, (ast.If, ast.ExceptHandler)) and all(each in nodes for nodes in around):
            last = each.body[-1].end_lineno or each.body[-1].lineno
            if all(each.body[0].lineno <= use.lineno <= last for use in uses):
                return each
    return function


def _lines_of(function: FunctionNode, block: _Block) -> tuple[str, int, int]:
    body = block.body
    first = function.lineno if block is function else body[0].lineno
    return function.name, first, body[-1].end_lineno or body[-1].lineno


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


def _moved(source: Source, node: ast.Import | ast.ImportFrom, block: _Block) -> tuple[Edit, ...]:
    alone = sum(each.lineno == node.lineno for each in source.tree.body) == 1
    first, last = block.body[0], block.body[-1]
    if (
        not alone
        or last.lineno == first.lineno != last.end_lineno
        or (block.body[1:2] and block.body[1].lineno == first.end_lineno)
        or first.lineno <= _head_end(block)
        or source.lines[block.lineno - 1][block.col_offset :].startswith("elif")
        or "*" in {a.name for a in node.names}
    ):
        return ()

    def removed(line: Any) -> Any:
        import libcst as cst

        return cst.RemoveFromParent() if not line.trailing_whitespace.comment else line

    def inserted(each: Any) -> Any:
        import libcst as cst

        has_docstring = isinstance(each, cst.FunctionDef) and each.get_docstring() is not None
        lines = list(each.body.body)
        lines.insert(int(has_docstring), cst.parse_statement(ast.unparse(node)))
        return each.with_changes(body=each.body.with_changes(body=lines))

    start = (node.lineno, node.col_offset)
    comment = "#" in source.lines[(node.end_lineno or node.lineno) - 1]
    kind = "FunctionDef" if isinstance(block, FUNCTIONS) else type(block).__name__
    return () if comment else (
        Edit(start, "SimpleStatementLine", removed), edit(source, block, inserted, kind=kind)
    )  # fmt: skip


def _head_end(block: _Block) -> int:
    """The last line of what stands before the body."""
    head = getattr(block, "test", None) or getattr(block, "type", None)
    return block.lineno if head is None else head.end_lineno or head.lineno
