"""Tables that stand under a global which nothing reads, whether themselves or in a tuple with others: what a function
returned, and nobody asks for again."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.kept_at import Name, binds
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, script_of
from heapwise.model.snapshot import Snapshot

_TABLES, _AROUND = ("dict", "list", "collections.deque"), ("tuple", "list", "dict")
_MOST_AROUND, _LEVELS = 8, 2
_FILLS = ("append", "appendleft", "add", "insert", "setdefault")


def tables_nobody_reads(snapshot: Snapshot, source: ProgramSource) -> Iterator[tuple[int, Name]]:
    """(table, the name by which the program fills it): of the module that was run."""
    script = str(script_of(snapshot.meta))
    read = {
        each.id for each in source.of(ast.Name)
        if isinstance(each.ctx, ast.Load) and source.file_of(each) == script
    }  # fmt: skip
    read |= source.named | {each.attr for each in source.of(ast.Attribute)}
    for namespace, module in snapshot.namespaces.items():
        if module != "__main__":
            continue
        for step in snapshot.steps_from(namespace):
            if step.kind == "key" and isinstance(step.name, str) and step.name not in read:
                for table in _tables(snapshot, step.node, _LEVELS):
                    name = _filled_name(snapshot, source, table)
                    if name is not None:
                        yield table, name


def _tables(snapshot: Snapshot, node: int, levels: int) -> Iterator[int]:
    """A table, or those in a small one."""
    kind, count = snapshot.type_of(node), snapshot.nodes("edges_count")[node]
    if kind in _AROUND and count <= _MOST_AROUND and levels:
        for step in snapshot.steps_from(node):
            yield from _tables(snapshot, step.node, levels - 1)
    elif kind in _TABLES:
        yield node


def _filled_name(snapshot: Snapshot, source: ProgramSource, table: int) -> Name | None:
    """The name that the line stands for which made a table as large as it is."""
    at = snapshot.grown_at(table)
    if at is None:
        return None

    def is_there(node: ast.expr | ast.stmt) -> bool:
        return node.lineno <= at.line <= (node.end_lineno or 0) and source.file_of(node) == at.file

    for each in source.of(ast.Subscript):
        if isinstance(each.ctx, ast.Store) and is_there(each):
            return _name(source, each.value)
    for call in source.of(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _FILLS and is_there(call):
            return _name(source, call.func.value)
    for made in source.of(ast.Assign):
        is_made = isinstance(made.value, (ast.ListComp, ast.DictComp, ast.List, ast.Dict, ast.Call))
        if is_made and is_there(made) and len(made.targets) == 1:
            return _name(source, made.targets[0])
    return None


def _name(source: ProgramSource, node: ast.expr) -> Name | None:
    """Of a local of a function."""
    scope = source.scope_of(node)
    while isinstance(node, ast.Name) and isinstance(scope, (*FUNCTIONS, ast.Lambda)):
        if isinstance(scope, FUNCTIONS) and binds(scope, node.id):
            return Name(node.id, scope.name, "local", 0)
        scope = source.scope_of(scope)
    return None
