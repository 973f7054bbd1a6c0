"""Calls that take an iterable item by item and keep none of it: a generator does as well as a list."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set

from heapwise.lint.single_use import block_of
from heapwise.lint.source import Source, keyword

_METHODS = {"executemany": 1, "writerows": 0, "writelines": 0}
"""Method -> the place of the iterable among its arguments."""
_FUNCTIONS = {
    "collections.Counter": 0, "heapq.nlargest": 1, "heapq.nsmallest": 1, "bytes": 0, "bytearray": 0,
    "array.array": 1, "psycopg2.extras.execute_values": 2, "psycopg2.extras.execute_batch": 2,
    "elasticsearch.helpers.bulk": 1, "elasticsearch.helpers.streaming_bulk": 1,
    "elasticsearch.helpers.parallel_bulk": 1, "statistics.mean": 0, "statistics.fmean": 0, "numpy.fromiter": 0,
    "nltk.NaiveBayesClassifier.train": 0, "nltk.classify.NaiveBayesClassifier.train": 0, "nltk.FreqDist": 0,
    "nltk.probability.FreqDist": 0, "gensim.corpora.Dictionary": 0,
}  # fmt: skip
_FEATURES = "sklearn.feature_extraction."
_VECTORIZERS = {
    f"{_FEATURES}{name}" for name in (
        "text.CountVectorizer", "text.TfidfVectorizer", "text.HashingVectorizer", "DictVectorizer", "FeatureHasher",
    )
}  # fmt: skip
_LEARNS = {"fit", "transform", "fit_transform"}
"""What vectorizers go through their texts, or features, once for."""
_COUNTER = "collections.Counter"
_SHARED = ("execute", "fetchone", "fetchmany", "fetchall")
_DEPTH = 4


def consumes(source: Source, use: ast.expr) -> bool:
    """Whether it is given to a call that goes through it once, at once, and keeps nothing of it."""
    above = source.parent(use)
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    if not isinstance(call, ast.Call) or any(isinstance(a, ast.Starred) for a in call.args):
        return False
    name = source.dotted(call.func)
    if name == "heapq.merge":
        return use in call.args
    if name == "collections.deque":
        last = keyword(call, "maxlen") or (call.args[1] if len(call.args) > 1 else None)
        return call.args[:1] == [use] and last is not None
    at = _FUNCTIONS.get(name)
    if at is None and isinstance(call.func, ast.Attribute):
        if call.func.attr == "update" and _is_one_of(source, call.func.value, {_COUNTER}):
            return call.args == [use]
        if call.func.attr in _LEARNS and _is_one_of(source, call.func.value, _VECTORIZERS):
            return call.args[:1] == [use]
        return is_given_to(source, use, _METHODS)
    return at is not None and len(call.args) > at and call.args[at] is use


def is_given_to(source: Source, use: ast.expr, methods: Mapping[str, int]) -> bool:
    """Whether it is an argument of a method that no class of the module has. methods: name -> the place of the
    argument, which may have a name where it is the second."""
    above = source.parent(use)
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    at = None if call.func.attr in source.functions_named else methods.get(call.func.attr)
    if at == 1 and isinstance(above, ast.keyword):
        return True
    return at is not None and len(call.args) > at and call.args[at] is use


def _is_one_of(source: Source, place: ast.expr, classes: Set[str]) -> bool:
    """Whether it makes an object of one of some classes, or is a name, or an attribute, that is bound to such a call
    wherever it is bound."""
    if source.called(place) in classes:
        return True
    if not isinstance(place, (ast.Name, ast.Attribute)):
        return False
    text, of_name = ast.unparse(place), isinstance(place, ast.Name)
    values = [
        value for _, targets, value in source.bindings
        for target in targets
        if ast.unparse(target) == text and not (of_name and source.scope(target) is not source.scope(place))
    ]  # fmt: skip
    return bool(values) and all(source.called(each) in classes for each in values)


def may_be_read_meanwhile(source: Source, use: ast.expr, made: ast.AST) -> bool:
    """Whether what a call writes to may be what the items are read from: made one by one they would be others."""
    above = source.parent(use)
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    if not isinstance(call, ast.Call):
        return True
    written = call.func.value if isinstance(call.func, ast.Attribute) else call.args[0]
    if source.dotted(call.func) in _FUNCTIONS and not source.dotted(call.func).startswith(
        "psycopg2."
    ):
        return False
    if _origins(source, written, _DEPTH) & _origins(source, made, _DEPTH):
        return True
    asked = {
        n.func.attr
        for n in ast.walk(made)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    asked |= {
        n.func.id
        for n in ast.walk(made)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    own = [each for name in asked for each in source.functions_named.get(name, ())]
    return any(
        isinstance(n, ast.Attribute) and n.attr in _SHARED for each in own for n in ast.walk(each)
    ) or bool(asked & set(_SHARED))


def _origins(source: Source, node: ast.AST, depth: int) -> set[str]:
    """What an expression is made from, as far as names tell: of files their paths."""
    found: set[str] = set()
    waiting: list[ast.AST] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Call) and source.dotted(each.func).rpartition(".")[2] == "open":
            found.add("open " + ast.unparse(each.args[0] if each.args else each.func))
            continue
        if isinstance(each, ast.Attribute):
            found.add(ast.unparse(each))
            if isinstance(each.value, ast.Name) and each.value.id in ("self", "cls"):
                continue
        if isinstance(each, ast.Name) and each.id not in source.imports:
            found.add(each.id)
            value = _bound(source, each) if depth else None
            found |= _origins(source, value, depth - 1) if value is not None else set()
        waiting += ast.iter_child_nodes(each)
    return found - source.functions_named.keys()


def _bound(source: Source, name: ast.Name) -> ast.expr | None:
    """What a name is bound to in its function, where that is one thing."""
    values = [
        above.context_expr if isinstance(above, ast.withitem) else above.value
        for scope, binder in source.binders.get(name.id, ())
        if scope is source.scope(name)
        and isinstance(above := source.parent(binder), (ast.withitem, ast.Assign, ast.AnnAssign))
    ]
    return values[0] if len(values) == 1 else None


def stands_after(source: Source, use: ast.expr, node: ast.stmt) -> bool:
    """Whether a use stands in a later statement of the same block, or in a `with` of it."""
    block = block_of(source, node)
    statement: ast.AST | None = source.statement(use)
    while statement is not None and statement not in block:
        statement = source.parent(statement)
        if not isinstance(statement, (ast.With, ast.AsyncWith)):
            return False
    return statement is not None
