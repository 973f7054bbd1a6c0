"""Which function of the module a call calls, and where a function is called."""

from __future__ import annotations

import ast
from typing import NamedTuple

from heapwise.lint.source import FUNCTIONS, FunctionNode, Source, methods, self_name

_PLAIN = {"staticmethod", "classmethod"}
_READ = {"property", "functools.cached_property"}
_OPEN_BASES = {"object", "abc.ABC", "typing.Protocol", "typing.Generic", "typing.NamedTuple"}
_COMMON = {
    *dir(list), *dir(dict), *dir(set), *dir(str), *dir(bytes), *dir(int),
    "read", "write", "close", "open", "send", "recv", "put", "load", "loads", "dump", "dumps", "save", "run", "start",
    "submit", "apply", "fit", "transform", "fit_transform", "predict", "score", "plot", "execute", "query", "all",
    "filter", "map", "merge", "groupby", "agg", "sum", "mean", "commit", "scalars", "fetchall", "call", "forward",
    "log", "info", "debug", "warning", "error", "render", "draw", "show", "set", "reset", "step", "train", "eval",
}  # fmt: skip
"""Methods that objects of other modules have, too."""


class Sites(NamedTuple):
    """The expressions that give what a function returns; none where one may be out of sight. kept: whether all give
    the same."""

    sites: list[ast.expr]
    kept: bool = False


def is_own(source: Source, name: str) -> bool:
    """Whether all uses of a name are in sight: it is private, or the module is a program. Where that says what others
    may import, only the functions that it leaves out are its own: those have classes, too, with all that they have."""
    if name.startswith("_") or not source.is_program or source.exported is None:
        return name.startswith("_") or source.is_program
    own = {each.name for each in source.tree.body if isinstance(each, FUNCTIONS)}
    return name in own - source.exported


def call_sites(source: Source, function: FunctionNode, *, told: bool = False) -> Sites:
    """Where a function is called. told: a function that other modules may call counts by the calls in this one."""
    decorators = {source.dotted(each) for each in function.decorator_list}
    name, scope = function.name, source.scope(function)
    if not decorators <= _PLAIN | _READ or (name.startswith("__") and name.endswith("__")):
        return Sites([])
    if not told and not is_own(source, name):
        return Sites([])
    if isinstance(scope, ast.ClassDef):
        named = source.attributes.get(name, [])
        once = _are_overridden(source, source.functions_named[name])
        stored = any(not isinstance(each.ctx, ast.Load) for each in named)
        if not once or stored or not (name.startswith("_") or _bases_are_known(source, scope)):
            return Sites([])
        places: list[ast.expr] = [each for each in named if not source.is_of_import(each)]
        if decorators & _READ:
            return Sites(places, "functools.cached_property" in decorators)
    elif decorators:
        return Sites([])
    else:
        found = source.reads_of(function)
        places = [*found.reads] if found is not None else []
    found_calls = [_calls_of(source, each) for each in places]
    return Sites([call for each in found_calls for call in each] if all(found_calls) else [])


def _calls_of(source: Source, place: ast.expr) -> list[ast.expr]:
    """The calls of a function at a place that reads it: there, or, where it is given to a function of the module that
    does nothing but call it, in that one; none where more is done with it."""
    above = source.parent(place)
    if isinstance(above, ast.Call) and above.func is place:
        return [above]
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    taken = parameter_of(source, place)
    if taken is None or not isinstance(call, ast.Call):
        return []
    function, _ = called_function(source, call)
    named = [n for n in ast.walk(function or call) if isinstance(n, ast.Name) and n.id == taken.arg]
    calls = [source.parent(each) for each in named]
    plain: list[ast.expr] = [
        each for each, name in zip(calls, named, strict=True)
        if isinstance(each, ast.Call) and each.func is name and source.seen(name) == [taken]
    ]  # fmt: skip
    return plain if len(plain) == len(named) else []


def _bases_are_known(source: Source, owner: ast.ClassDef) -> bool:
    """Whether nobody but the module calls methods of a class."""
    own = {each.name for each in source.of(ast.ClassDef)}
    bases = [each.value if isinstance(each, ast.Subscript) else each for each in owner.bases]
    return all(
        source.dotted(each) in _OPEN_BASES or (isinstance(each, ast.Name) and each.id in own)
        for each in bases
    )


def family(source: Source, owner: ast.ClassDef) -> set[ast.ClassDef]:
    """The classes of the module that are bases of a class or derived from it, by any number of steps."""
    found, grown = {owner}, 0
    while grown != len(found):
        grown = len(found)
        names, above = {each.name for each in found}, {n for each in found for n in _bases(each)}
        found |= {
            each for each in source.of(ast.ClassDef) if each.name in above or names & _bases(each)
        }
    return found


def _bases(owner: ast.ClassDef) -> set[str]:
    return {n.id for each in owner.bases for n in ast.walk(each) if isinstance(n, ast.Name)}


def _are_overridden(source: Source, functions: list[FunctionNode]) -> bool:
    """Whether functions are methods of classes of one family: a call of one may be one of any."""
    owners = [source.scope(each) for each in functions]
    first = owners[0]
    if not isinstance(first, ast.ClassDef):
        return False
    known = family(source, first)
    return all(isinstance(each, ast.ClassDef) and each in known for each in owners)


def defaults_of(given: ast.arguments) -> list[tuple[ast.arg, ast.expr]]:
    """The parameters that have a default, with it."""
    plain = [*given.posonlyargs, *given.args]
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return [
        *zip(plain[len(plain) - len(given.defaults) :], given.defaults, strict=True),
        *((each, value) for each, value in named if value is not None),
    ]


def parameter_of(source: Source, node: ast.expr) -> ast.arg | None:
    """The parameter that an argument of a call becomes, where a function of the module is called."""
    above = source.parent(node)
    named = above.arg if isinstance(above, ast.keyword) else None
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    if not isinstance(call, ast.Call) or node is call.func:
        return None
    function, skipped = called_function(source, call)
    if function is None or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    taken = [*function.args.posonlyargs, *function.args.args]
    if isinstance(above, ast.keyword):
        by_name = [*function.args.args, *function.args.kwonlyargs]
        return next((each for each in by_name if each.arg == named), None)
    at = next(i for i, each in enumerate(call.args) if each is node) + skipped
    return taken[at] if at < len(taken) else None


def called_function(source: Source, call: ast.Call) -> tuple[FunctionNode | None, int]:
    """(the function, how many of its parameters the arguments do not fill)."""
    place = call.func
    if isinstance(place, ast.Name):
        bound = source.seen(place)
        made = bound[0] if len(bound) == 1 else None
        if isinstance(made, ast.ClassDef):
            init = next((each for each in methods(made) if each.name == "__init__"), None)
            return (init, 1) if not made.decorator_list else (None, 0)
        if isinstance(made, FUNCTIONS) and not made.decorator_list:
            of_class = isinstance(source.scope(made), ast.ClassDef)
            return (None, 0) if of_class else (made, 0)
        return None, 0
    if isinstance(place, ast.Attribute):
        return _called_method(source, place)
    return None, 0


def _called_method(source: Source, place: ast.Attribute) -> tuple[FunctionNode | None, int]:
    named = source.functions_named.get(place.attr, [])
    if len(named) != 1 or source.is_of_import(place):
        return None, 0
    [method] = named
    owner = source.scope(method)
    decorators = {source.dotted(each) for each in method.decorator_list}
    if not isinstance(owner, ast.ClassDef) or not decorators <= _PLAIN:
        return None, 0
    stored = any(not isinstance(n.ctx, ast.Load) for n in source.attributes.get(place.attr, ()))
    if stored or not (place.attr not in _COMMON or _is_instance(source, place.value, owner)):
        return None, 0
    if isinstance(place.value, ast.Name) and place.value.id == owner.name and not decorators:
        return None, 0  # its first argument is the instance
    return method, 0 if "staticmethod" in decorators else 1


def _is_instance(source: Source, node: ast.expr, owner: ast.ClassDef) -> bool:
    """Whether an expression is plainly an instance of a class: `self` in it, a name bound to a call of it, or a
    parameter of a name that stands for these alone wherever it is bound."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == owner.name
    if not isinstance(node, ast.Name):
        return False
    function = source.function(node)
    if function is not None and node.id == self_name(function):
        return source.scope(function) is owner
    binders = source.binders.get(node.id, ())
    local = [each for scope, each in binders if scope is source.scope(node)]
    if all(isinstance(each, ast.arg) for each in local):
        local = []
    bound = local or [each for _, each in binders if not isinstance(each, ast.arg)]
    for each in bound:
        made = source.parent(each)
        value = made.value if isinstance(made, (ast.Assign, ast.AnnAssign)) else None
        if value is None or isinstance(value, ast.Name) or not _is_instance(source, value, owner):
            return False
    return bool(bound)
