"""Which function of the module a call calls, and where a function is called."""

from __future__ import annotations

import ast
from collections.abc import Sequence, Set
from typing import NamedTuple

from heapwise.lint.source import (
    FUNCTIONS,
    FunctionNode,
    Source,
    is_self_attribute,
    methods,
    self_name,
)

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
_DEPTH = 6
"""How often a function is handed on before it is called."""


Made = FunctionNode | ast.ClassDef
"""What a call may begin."""


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


def _calls_of(source: Source, place: ast.expr, depth: int = _DEPTH) -> list[ast.expr]:
    """The calls of a function at a place that reads it: there, or, where it is given to functions of the module that do
    nothing but call it, hand it on, or keep it as an attribute for that, in those; none where more is done with it."""
    above = source.parent(place)
    if isinstance(above, ast.Call) and above.func is place:
        return [above]
    reads: Sequence[ast.expr] = ()
    taken = parameter_of(source, place)
    if isinstance(above, ast.arguments):
        taken = next(each for each, value in defaults_of(above) if value is place)
    if taken is not None:
        found = source.reads_of(taken)
        reads = found.reads if found is not None else ()
    elif isinstance(above, (ast.Assign, ast.AnnAssign)):
        reads = _reads_of_attribute(source, above)
    each_calls = [_calls_of(source, each, depth - 1) for each in reads] if depth else []
    return [call for each in each_calls for call in each] if all(each_calls) else []


def _reads_of_attribute(source: Source, stored: ast.Assign | ast.AnnAssign) -> list[ast.Attribute]:
    """Where an attribute of `self` is read that a statement binds, and no other; none where others may read it."""
    targets = stored.targets if isinstance(stored, ast.Assign) else [stored.target]
    function, target = source.function(stored), targets[0]
    if len(targets) != 1 or function is None or not is_self_attribute(target, self_name(function)):
        return []
    name = target.attr  # type: ignore[attr-defined]
    named = source.attributes.get(name, [])
    reads = [each for each in named if isinstance(each.ctx, ast.Load)]
    alone = len(named) == len(reads) + 1 and name not in source.functions_named
    return reads if alone and is_own(source, name) else []


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
    return _related(source, owner, bases=True)


def _related(source: Source, owner: ast.ClassDef, *, bases: bool) -> set[ast.ClassDef]:
    """A class, and those that derive from it, by any number of steps. bases: and their bases."""
    found, grown = {owner}, 0
    while grown != len(found):
        grown = len(found)
        names = {each.name for each in found}
        above = {n for each in found for n in _bases(each)} if bases else set()
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
        if isinstance(made, ast.arg):
            made = _handed(source, place)
        return _begun_by(source, made)
    if isinstance(place, ast.Attribute):
        method, skipped = _called_method(source, place)
        return (
            (method, skipped) if method is not None else _begun_by(source, _handed(source, place))
        )
    return None, 0


def _begun_by(source: Source, made: ast.AST | None) -> tuple[FunctionNode | None, int]:
    """A function, or the `__init__` of a class, that a call of it begins with."""
    if isinstance(made, ast.ClassDef) and not made.decorator_list:
        return next((each for each in methods(made) if each.name == "__init__"), None), 1
    is_plain = isinstance(made, FUNCTIONS) and _is_plain(source, made)
    return (made, 0) if is_plain else (None, 0)  # type: ignore[return-value]


def _is_plain(source: Source, function: FunctionNode) -> bool:
    return not function.decorator_list and not isinstance(source.scope(function), ast.ClassDef)


def _handed(source: Source, place: ast.expr) -> Made | None:
    """The one function, or class, of the module that was handed over to be called by this name, of those that may have
    run."""
    known = source.handed
    if place not in known:
        known[place] = frozenset()  # while it is looked for
        known[place] = frozenset(_stands_for(source, place, _DEPTH) or ())
    found = _that_ran(source, known[place])
    return next(iter(found)) if len(found) == 1 else None


def _that_ran(source: Source, known: Set[Made]) -> Set[Made]:
    """Of some functions and classes those of which a line allocated, where that is known; if there are none, those that
    call nothing."""
    if not source.ran:
        return known
    return {each for each in known if _allocated(source, each)} or {
        each for each in known if not any(isinstance(n, ast.Call) for n in ast.walk(each))
    }


def _allocated(source: Source, made: Made) -> bool:
    """Whether a line of a function allocated; of a class, of one of its methods."""
    functions = methods(made) if isinstance(made, ast.ClassDef) else [made]
    bodies = [(each.body[0].lineno, each.end_lineno or 0) for each in functions]
    return any(line in source.ran for first, last in bodies for line in range(first, last + 1))


def _stands_for(source: Source, node: ast.expr, depth: int) -> set[Made] | None:
    """The functions and classes of the module that an expression may be: the name of one, a parameter that all callers
    are known of, an attribute that is bound to such a one; None where it may be something else that can be called."""
    if isinstance(node, ast.Constant) and node.value is None:
        return set()
    if isinstance(node, ast.Name):
        bound = source.seen(node)
        made = bound[0] if len(bound) == 1 else None
        if isinstance(made, FUNCTIONS):
            return {made} if _is_plain(source, made) else None
        if isinstance(made, ast.ClassDef):
            return {made}
        given = given_for(source, made) if isinstance(made, ast.arg) and depth else None
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and depth:
        given = _stored(source, node)
    else:
        given = None
    found = [_stands_for(source, each, depth - 1) for each in given or ()]
    if not given or None in found:
        return None
    return set().union(*(each for each in found if each))


def given_for(source: Source, parameter: ast.arg) -> list[ast.expr] | None:
    """What all callers give for a parameter; None where one is out of sight."""
    function = source.scope(parameter)
    if not isinstance(function, FUNCTIONS):
        return None
    owner = source.scope(function)
    if function.name == "__init__" and isinstance(owner, ast.ClassDef):
        calls = _made_at(source, owner)
    else:
        calls = call_sites(source, function).sites
    found = [argument_of(source, each, function, parameter) for each in calls]
    plain = [each for each in found if each is not None]
    return plain if plain and len(plain) == len(calls) else None


def _made_at(source: Source, owner: ast.ClassDef) -> list[ast.expr]:
    """The calls that make instances of a class, or of one that derives from it and is begun by the same `__init__`;
    none where one may be out of sight."""
    below = _related(source, owner, bases=False)
    begun_apart = [
        each for each in below - {owner} if any(m.name == "__init__" for m in methods(each))
    ]
    if begun_apart or any(each.decorator_list or not is_own(source, each.name) for each in below):
        return []
    reads = [
        read for each in below for read in source.loads.get(each.name, ())
        if source.seen(read) == [each] and not _is_only_named(source, read)
    ]  # fmt: skip
    calls = [_calls_of(source, each) for each in reads]
    return [call for each in calls for call in each] if all(calls) else []


def _is_only_named(source: Source, read: ast.Name) -> bool:
    """Whether a class is named as a base, as a type, or to be compared."""
    above = source.parent(read)
    if isinstance(above, ast.Call):
        return source.dotted(above.func) in ("isinstance", "issubclass")
    return (
        isinstance(above, (ast.ClassDef, ast.arg, ast.Compare))
        or (isinstance(above, ast.AnnAssign) and above.annotation is read)
        or (isinstance(above, FUNCTIONS) and above.returns is read)
    )


def argument_of(
    source: Source, call: ast.expr, function: FunctionNode, parameter: ast.arg
) -> ast.expr | None:
    """What a call of a function gives for a parameter; None where that is not plain to see."""
    if not isinstance(call, ast.Call) or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    named = {each.arg: each.value for each in call.keywords}
    by_class = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and any(
        isinstance(each, ast.ClassDef) for each in source.seen(call.func.value)
    )  # fmt: skip
    if None in named or by_class:
        return None
    decorators = {source.dotted(each) for each in function.decorator_list}
    skipped = isinstance(source.scope(function), ast.ClassDef) and "staticmethod" not in decorators
    taken = [*function.args.posonlyargs, *function.args.args][int(skipped) :]
    given = dict(zip((each.arg for each in taken), call.args, strict=False)) | named
    defaults = {each.arg: value for each, value in defaults_of(function.args)}
    return given.get(parameter.arg, defaults.get(parameter.arg))


def _stored(source: Source, read: ast.Attribute) -> list[ast.expr] | None:
    """What an attribute that is read is bound to, by `self.name = ...` in one class; None where others may bind it."""
    named = source.attributes.get(read.attr, ())
    stores = [each for each in named if not isinstance(each.ctx, ast.Load)]
    if not stores or read.attr in source.functions_named or not is_own(source, read.attr):
        return None
    bound = [source.parent(each) for each in stores]
    owners = {source.class_of(each) for each in stores}
    plain = [
        each.value for each in bound
        if isinstance(each, (ast.Assign, ast.AnnAssign)) and each.value is not None
    ]  # fmt: skip
    return plain if len(plain) == len(stores) and len(owners) == 1 and None not in owners else None


def _called_method(source: Source, place: ast.Attribute) -> tuple[FunctionNode | None, int]:
    named = source.functions_named.get(place.attr, [])
    if len(named) > 1 and _are_overridden(source, named):
        source.handed[place] = frozenset(named)
        ran = _that_ran(source, source.handed[place])
        named = [each for each in named if each in ran]
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
