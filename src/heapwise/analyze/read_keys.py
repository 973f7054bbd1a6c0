"""Which keys of mappings a source text reads by their names."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from heapwise.analyze.statement import last_name, tree_of

_READS = {"get", "pop", "setdefault", "itemgetter", "attrgetter", "getattr"}
_WHOLE = {
    "DictWriter", "DataFrame", "from_records", "from_dicts", "from_pylist", "json_normalize", "executemany",
    "insert_many", "bulk_insert_mappings", "model_validate", "validate_python",
}  # fmt: skip
_DUMPS = {"dump", "dumps", "pprint", "deepcopy", "asdict"}
_GATHERS = {"list", "tuple", "sorted", "reversed"}
_FILLS = {"append", "extend", "appendleft"}
_IN_TEXT = re.compile(r"%\((\w+)\)|[{:@](\w+)")
"""`%(name)s`, `{name}`; `:name` and `@name` of statements of SQL."""


@dataclass(frozen=True)
class KeysRead:
    """names: of keys that are read. whole: whether mappings are also used as they are, with all their keys."""

    names: frozenset[str]
    whole: bool


def keys_read(text: str) -> KeysRead:
    """Of a source text; nothing is known, and all may be used, where it is no Python."""
    tree = tree_of(text)
    if tree is None:
        return KeysRead(frozenset(), True)
    return keys_read_of(tree)


def keys_read_of(tree: ast.Module) -> KeysRead:
    """The same of a tree."""
    names: set[str] = set()
    whole = False
    lists = _lists(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            names |= _texts(node.slice)
        elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            names |= _texts(node)  # a loop may read keys by what is listed
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names |= {one or other for one, other in _IN_TEXT.findall(node.value)}
        elif isinstance(node, ast.Compare):
            names |= _texts(node.left)
        elif isinstance(node, ast.MatchMapping):
            names |= {name for key in node.keys for name in _texts(key)}
        elif isinstance(node, ast.Call):
            names |= _of_call(node)
            whole = whole or _takes_all(node, lists)
    return KeysRead(frozenset(names), whole)


def _of_call(node: ast.Call) -> set[str]:
    called = last_name(node.func)
    return {name for each in node.args for name in _texts(each)} if called in _READS else set()


def _lists(tree: ast.Module) -> set[str]:
    """The last names of what is filled, or gone through."""
    found = {
        last_name(node.iter) for node in ast.walk(tree)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension))
    }  # fmt: skip
    found |= {
        last_name(node.value) for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _FILLS
    }  # fmt: skip
    return found - {""}


def _takes_all(node: ast.Call, lists: set[str]) -> bool:
    """Whether a call is given a mapping with all its keys: `f(**row)`, `json.dumps(row)`, or a list of such."""
    called = last_name(node.func)
    spread = any(each.arg is None and not _is_options(each.value) for each in node.keywords)
    given = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "obj")]
    dumped = called in _DUMPS and any(_is_data(each) or _holds(each, lists) for each in given)
    return spread or called in _WHOLE or dumped


def _is_data(node: ast.expr) -> bool:
    """Whether an expression is what a name stands for, or a list of it: `rows`, `sorted(rows)`."""
    if isinstance(node, ast.Call):
        return last_name(node.func) in _GATHERS and any(map(_is_data, node.args))
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return _is_data(node.elt)
    return isinstance(node, (ast.Name, ast.Attribute, ast.Subscript))


def _holds(node: ast.expr, lists: set[str]) -> bool:
    """Whether an expression puts such lists into a list or dict."""
    if isinstance(node, ast.Starred):
        return _holds(node.value, lists)
    if isinstance(node, ast.Dict):
        return any(_holds(each, lists) for each in node.values)
    if isinstance(node, (ast.List, ast.Tuple)):
        return any(_holds(each, lists) for each in node.elts)
    if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.Call)):
        return _is_data(node)
    return last_name(node) in lists


def _is_options(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id.strip("_").lower() in ("kwargs", "kw", "options")


def _texts(node: ast.expr) -> set[str]:
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List)) else [node]
    constants = [each.value for each in parts if isinstance(each, ast.Constant)]
    return {each for each in constants if isinstance(each, str)}
