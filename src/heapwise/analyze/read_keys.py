"""Which keys of mappings a source text reads by their names."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from heapwise.analyze.statement import last_name

_READS = {"get", "pop", "setdefault", "itemgetter", "attrgetter", "getattr"}
_WHOLE = {
    "DictWriter", "DataFrame", "from_records", "from_dicts", "json_normalize", "executemany", "insert_many",
}  # fmt: skip
_DUMPS = {"dump", "dumps", "pprint", "deepcopy", "asdict"}


@dataclass(frozen=True)
class KeysRead:
    """names: of keys that are read. whole: whether mappings are also used as they are, with all their keys."""

    names: frozenset[str]
    whole: bool


def keys_read(text: str) -> KeysRead:
    """Of a source text; nothing is known, and all may be used, where it is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return KeysRead(frozenset(), True)
    return keys_read_of(tree)


def keys_read_of(tree: ast.Module) -> KeysRead:
    """The same of a tree."""
    names: set[str] = set()
    whole = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            names |= _texts(node.slice)
        elif isinstance(node, ast.Compare):
            names |= _texts(node.left)
        elif isinstance(node, ast.MatchMapping):
            names |= {name for key in node.keys for name in _texts(key)}
        elif isinstance(node, ast.Call):
            names |= _of_call(node)
            whole = whole or _takes_all(node)
    return KeysRead(frozenset(names), whole)


def _of_call(node: ast.Call) -> set[str]:
    called = last_name(node.func)
    return {name for each in node.args for name in _texts(each)} if called in _READS else set()


def _takes_all(node: ast.Call) -> bool:
    """Whether a call is given a mapping with all its keys: `f(**row)`, `json.dumps(row)`."""
    called = last_name(node.func)
    spread = any(each.arg is None and not _is_options(each.value) for each in node.keywords)
    given = node.args[:1] and isinstance(node.args[0], (ast.Name, ast.Attribute, ast.Subscript))
    return spread or called in _WHOLE or (called in _DUMPS and bool(given))


def _is_options(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id.strip("_").lower() in ("kwargs", "kw", "options")


def _texts(node: ast.expr) -> set[str]:
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List)) else [node]
    constants = [each.value for each in parts if isinstance(each, ast.Constant)]
    return {each for each in constants if isinstance(each, str)}
