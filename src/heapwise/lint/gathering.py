"""Calls of `list` that gather what is made one by one."""

from __future__ import annotations

import ast

from heapwise.lint.source import Source

_LAZY = {
    "csv.reader",
    "csv.DictReader",
    "map",
    "filter",
    "zip",
    "enumerate",
    "os.scandir",
    "re.finditer",
    "itertools.combinations",
    "itertools.permutations",
    "itertools.product",
    "itertools.combinations_with_replacement",
    "itertools.chain",
    "itertools.chain.from_iterable",
    "itertools.starmap",
    "itertools.accumulate",
    "itertools.zip_longest",
}
_LAZY_METHODS = {
    "itertuples",
    "iterrows",
    "finditer",
    "iter_lines",
    "iter_rows",
    "glob",
    "rglob",
    "iterdir",
    "hosts",
    "subnets",
    "iter_content",
    "iterfind",
    "iter_batches",
    "imap",
    "imap_unordered",
    "scan_iter",
    "paginate",
}
_EAGER_METHODS = {
    "keys",
    "values",
    "items",
    "copy",
    "tolist",
    "to_list",
    "readlines",
    "fetchall",
    "get",
    "pop",
}


def gathers(source: Source, value: ast.AST | None) -> bool:
    """Whether an expression is `list(...)` of what makes its items one by one."""
    if not isinstance(value, ast.Call) or source.dotted(value.func) != "list":
        return False
    inner = value.args[0] if len(value.args) == 1 else None
    if not isinstance(inner, ast.Call):
        return False
    name = source.dotted(inner.func)
    method = inner.func.attr if isinstance(inner.func, ast.Attribute) else ""
    own = name.rpartition(".")[2] or method
    yields = any(
        isinstance(n, (ast.Yield, ast.YieldFrom))
        for each in source.functions if each.name == own for n in ast.walk(each)
    )  # fmt: skip
    lazy = name in _LAZY or method in _LAZY_METHODS or yields
    return lazy or (method not in _EAGER_METHODS and _is_of_library(source, inner.func))


def _is_of_library(source: Source, method: ast.expr) -> bool:
    """Whether it is a method of what a class of a library made, in sight: `KFold(5).split`."""
    owner = method.value if isinstance(method, ast.Attribute) else None
    if isinstance(owner, ast.Name):
        bound = [source.parent(each) for each in source.seen(owner)]
        made = [each.value for each in bound if isinstance(each, ast.Assign)]
        owner = made[0] if len(made) == len(bound) == 1 else None
    module, _, name = source.called(owner).rpartition(".")
    return bool(module) and name[:1].isupper() and module.partition(".")[0] in _modules(source)


def _modules(source: Source) -> set[str]:
    return {each.partition(".")[0] for each in source.imports.values()}
