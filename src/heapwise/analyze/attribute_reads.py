"""Which attributes of its objects the source of a program reads, by their names: more rather than fewer."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from heapwise.analyze.program_source import ProgramSource
from heapwise.analyze.statement import last_name

_WORD, _DOTTED = re.compile(r"[A-Za-z_]\w*"), re.compile(r"[A-Za-z_][\w.]*")
_MAPPINGS = ("get", "pop", "setdefault")
_DECLARING = ("Column", "mapped_column", "namedtuple", "ForeignKey")
_DECLARED = ("__slots__", "__match_args__", "__tablename__")
_SHOWING = (
    "print",
    "str",
    "repr",
    "format",
    "pprint",
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "log",
)
_ONE = frozenset((
    "get", "get_one", "one", "one_or_none", "first", "last", "scalar", "scalar_one", "scalar_one_or_none", "aget",
    "get_or_404", "first_or_404", "get_object_or_404", "latest", "earliest",
))  # fmt: skip
"""Calls that give one object, from a database."""
_COUNTING = ("range", "enumerate", "zip")


def attributes_read(source: ProgramSource, *, entities: Collection[str] = ()) -> frozenset[str]:
    """Names of attributes that are read somewhere, or that texts name. entities: classes of rows of a database, whose
    own attributes stand for columns; what is read of one row that was asked for alone does not count for them."""
    names = set(source.named)
    for node in source.of(ast.Attribute):
        if isinstance(node.ctx, ast.Load) and not (entities and _of_one(source, node, entities)):
            names.add(node.attr)
    names |= {
        each.target.attr for each in source.of(ast.AugAssign) if isinstance(each.target, ast.Attribute)
    }  # fmt: skip
    for constant in source.of(ast.Constant):
        if isinstance(constant.value, str) and not _declares(source, constant):
            names |= set(_names_in(constant.value))
    return frozenset(names)


def _names_in(text: str) -> Iterator[str]:
    """A name that a text is, or those in a template."""
    if _DOTTED.fullmatch(text):
        yield from text.split(".")
    elif "{" in text or "%(" in text or "$" in text:
        yield from _WORD.findall(text)


def _declares(source: ProgramSource, node: ast.Constant) -> bool:
    """Whether a text says how something is called, or is a key of a mapping, or tells people something."""
    above = source.above(node)
    if isinstance(above, (ast.Subscript, ast.Expr)):
        return True
    if isinstance(above, ast.Dict):
        return node in above.keys
    if isinstance(above, ast.Call):
        called = last_name(above.func)
        first = bool(above.args) and above.args[0] is node
        return called in _DECLARING or (called in _MAPPINGS and first)
    while isinstance(above, (ast.Tuple, ast.List, ast.Set)):
        above = source.above(above)
    if isinstance(above, ast.Call):
        return last_name(above.func) == "namedtuple"
    targets = above.targets if isinstance(above, ast.Assign) else []
    return any(isinstance(each, ast.Name) and each.id in _DECLARED for each in targets)


def _of_one(source: ProgramSource, node: ast.Attribute, entities: Collection[str]) -> bool:
    """Whether an attribute is a column of a class, or of a row that a function asked for alone, once."""
    if not isinstance(node.value, ast.Name):
        return isinstance(node.value, ast.Call) and _gives_one(source, node.value)
    name = node.value.id
    if name in entities:
        return True
    scope = source.scope_of(node)
    bound = [
        each for each in ast.walk(scope)
        if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store)
    ]  # fmt: skip
    values = [source.above(each) for each in bound]
    return bool(values) and not isinstance(scope, ast.Module) and all(
        isinstance(each, (ast.Assign, ast.NamedExpr)) and _gives_one(source, each.value)
        for each in values
    )  # fmt: skip


def _gives_one(source: ProgramSource, node: ast.expr) -> bool:
    if isinstance(node, ast.Await):
        node = node.value
    if not isinstance(node, ast.Call) or last_name(node.func) not in _ONE:
        return False
    return not source.is_in_loop(node)


def shows_whole(source: ProgramSource, fields: Collection[str]) -> bool:
    """Whether objects with these attributes may be shown as they are, as `print(each)` of a dataclass does."""
    return any(_may_be_such(source, each, fields) for each in _shown(source))


def _shown(source: ProgramSource) -> Iterator[ast.expr]:
    for each in source.of(ast.FormattedValue):
        yield each.value
    for call in source.of(ast.Call):
        if last_name(call.func) in _SHOWING:
            yield from call.args
    for operation in source.of(ast.BinOp):
        left = operation.left
        if isinstance(operation.op, ast.Mod) and isinstance(left, ast.Constant):
            right = operation.right
            yield from right.elts if isinstance(right, ast.Tuple) else [right]


def _may_be_such(source: ProgramSource, node: ast.expr, fields: Collection[str]) -> bool:
    if isinstance(node, (ast.Starred, ast.Subscript)):
        return True
    if not isinstance(node, ast.Name):
        return False
    for each in ast.walk(source.scope_of(node)):
        if isinstance(each, ast.Attribute) and each.attr in fields:
            if isinstance(each.value, ast.Name) and each.value.id == node.id:
                return True
        elif isinstance(each, (ast.For, ast.AsyncFor, ast.comprehension)):
            counts = isinstance(each.iter, ast.Call) and last_name(each.iter.func) in _COUNTING
            if not counts and isinstance(each.target, ast.Name) and each.target.id == node.id:
                return True
    return False
