"""Which functions of a program nothing in its source calls, nor names."""

from __future__ import annotations

import ast
import io
import logging
import threading
from collections.abc import Collection

from heapwise.analyze.program_source import FUNCTIONS, Function, ProgramSource
from heapwise.analyze.statement import last_name

_QUIET = frozenset(("staticmethod", "classmethod", "property", "cached_property"))
_CALLED_BY_LIBRARIES = frozenset((
    *dir(io.TextIOWrapper), *dir(io.BytesIO), *dir(logging.Handler), *dir(logging.Filter), *dir(threading.Thread),
    *dir(dict), *dir(list), *dir(set), "main", "predict", "transform", "fit", "forward", "default",
))  # fmt: skip
"""Methods that libraries call of whatever they are given."""
_PREFIXES = (
    "__",
    "test",
    "do_",
    "on_",
    "handle",
    "visit_",
    "setup",
    "setUp",
    "teardown",
    "tearDown",
)


def uncalled(source: ProgramSource) -> Collection[Function]:
    """Functions that only such functions name, or none: neither decorated, nor of names that libraries may call."""
    named: dict[str, list[Function | None]] = {}
    for node in (*source.of(ast.Name), *source.of(ast.Attribute)):
        named.setdefault(last_name(node), []).append(_around(source, node))
    for alias in source.of(ast.alias):
        named.setdefault(alias.name.rpartition(".")[2], []).append(_around(source, alias))
    told = set(source.named) | {
        each.value for each in source.of(ast.Constant)
        if isinstance(each.value, str) and not isinstance(source.above(each), ast.JoinedStr)
    }  # fmt: skip
    waiting = [
        each for each in source.functions
        if _may_be_uncalled(each, told) and not any(_takes(each, by) for by in source.called_by_name)
    ]  # fmt: skip
    while True:
        dead = set(waiting)
        left = [
            each for each in waiting
            if all(by is each or by in dead for by in named.get(each.name, ()))
        ]  # fmt: skip
        if len(left) == len(waiting):
            return dead
        waiting = left


def _may_be_uncalled(function: Function, told: Collection[str]) -> bool:
    decorated = any(last_name(each) not in _QUIET for each in function.decorator_list)
    return not (
        decorated or function.name in told or function.name in _CALLED_BY_LIBRARIES
        or function.name.startswith(_PREFIXES)
    )  # fmt: skip


def _takes(function: Function, call: ast.Call) -> bool:
    """Whether a function, of a class or not, can be called with so many arguments."""
    if call.keywords or any(isinstance(each, ast.Starred) for each in call.args):
        return True
    taken = function.args
    count = len(taken.posonlyargs) + len(taken.args)
    most = count if taken.vararg is None else len(call.args) + 1
    needed = count - len(taken.defaults)
    bare = any(each is None for each in taken.kw_defaults)
    return not bare and any(
        needed <= given <= most for given in (len(call.args), len(call.args) + 1)
    )


def _around(source: ProgramSource, node: ast.AST) -> Function | None:
    """The outermost function that a node stands in."""
    found: Function | None = None
    above = source.above(node)
    while above is not None:
        if isinstance(above, FUNCTIONS):
            found = above
            if isinstance(source.above(above), (ast.ClassDef, ast.Module)):
                return found
        above = source.above(above)
    return found
