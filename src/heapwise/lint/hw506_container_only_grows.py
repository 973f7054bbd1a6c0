"""HW506: a container of the module that functions fill and nothing empties.

What is put under keys that come from arguments stays until the program ends.

What to do: bound it (`functools.lru_cache(maxsize=...)`, `cachetools.TTLCache`), take entries out when they are done
with, or key it weakly. Costs: what was dropped is made again. Clean: containers that are emptied, measured with `len`,
or handed to others; registries (functions named `register...`, decorators); keys that are classes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.growing import module_names, named, uses_of
from heapwise.lint.hw502_unbounded_cache import OPEN_NAMES
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FunctionNode, Source, names_in, parameters

CODE = "HW506"
TITLE = "a container that only grows"
_REGISTRY = re.compile(
    r"regist|deprecat|warn|^_?add_|subscribe|install|hook|declare|define|^_?set_|plugin|implement|connect|import|load_|"
    r"^_?(init|setup|configure|build|main)|^__init_subclass__$|^__new__$|^__set_name__$"
)
_CLASSES = re.compile(r"^(cls|klass|type|class_|tp|typ|ctype|owner|func|function|fn|module|mod)$")


def look(source: Source) -> Iterator[Hit]:
    """Module containers that a function fills from its parameters, and nothing in the module empties."""
    for name in module_names(source):
        uses = uses_of(source, named(source, name))
        if uses.shrinks or uses.escapes:
            continue
        for grown in sorted(uses.grows, key=lambda each: each.lineno):  # type: ignore[attr-defined]
            function = source.function(grown)
            told = _told(source, grown, function, name) if function is not None else None
            if told is not None:
                says, fix, is_held = told
                yield hit(
                    source, grown, CODE, TITLE, f"{name} {says}", fix=fix, sized=is_held or not _is_open(grown),
                    saves=Saves.HELD if is_held else Saves.NOTHING, holder=name if is_held else "",
                )  # fmt: skip
                break


def _told(
    source: Source, grown: ast.AST, function: FunctionNode, name: str
) -> tuple[str, str, bool] | None:
    """(what is wrong, what to change, whether it is only told with what the container holds); None of what is right."""
    if _is_memo(source, grown, function, name):
        says = f"keeps a result for each {_key(grown)} that {function.name}() ever saw"
        return says, "functools.lru_cache(maxsize=...), or no cache where nothing comes again", True
    if _is_numbered(grown, function):
        says = (
            f"gets an entry under a new number each time, by {function.name}(), and never loses one"
        )
        return says, "take the entry out when it is done with: pop(number)", True
    if _from_outside(source, grown, function):
        says = f"gets an entry by {function.name}() and never loses one"
        return says, "bound it, take entries out, or hold them weakly", False
    return None


def _is_memo(source: Source, grown: ast.AST, function: FunctionNode, name: str) -> bool:
    """Whether a function looks its parameter (a text, say) up, computes what is not there, and gives that back."""
    if not isinstance(grown, ast.Subscript) or not _is_open(grown):
        return False
    derived = _derived(function, {each.arg for each in parameters(function)} - {"self", "cls"})
    read = sum(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
        for n in ast.walk(function)
    )
    gives_back = any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(function))
    return bool(names_in(grown.slice) & derived) and read > 1 and gives_back


def _is_numbered(grown: ast.AST, function: FunctionNode) -> bool:
    """Whether the key is a counter: a name that the function counts up, or `next(numbers)`."""
    if not isinstance(grown, ast.Subscript) or _REGISTRY.search(function.name.lower()):
        return False
    inside = list(ast.walk(function))
    counted = {
        ast.unparse(each.target) for each in inside
        if isinstance(each, ast.AugAssign) and isinstance(each.op, ast.Add)
    }  # fmt: skip
    drawn = {
        each.targets[0].id for each in inside
        if isinstance(each, ast.Assign) and _is_drawn(each.value) and isinstance(each.targets[0], ast.Name)
    }  # fmt: skip
    outlives = {name for each in inside if isinstance(each, ast.Global) for name in each.names}
    key = ast.unparse(grown.slice)
    is_counted = key in counted and ("." in key or key in outlives)
    return is_counted or key in drawn or _is_drawn(grown.slice)


def _is_drawn(node: ast.AST) -> bool:
    """Whether it is new each time: `next(numbers)`, `uuid.uuid4()`."""
    return isinstance(node, ast.Call) and last_name(node.func) in ("next", "uuid4", "uuid1")


def _key(grown: ast.AST) -> str:
    return ast.unparse(grown.slice) if isinstance(grown, ast.Subscript) else ""


def _from_outside(source: Source, grown: ast.AST, function: FunctionNode) -> bool:
    taken = {each.arg for each in parameters(function)} - {"self", "cls"}
    if not taken or _REGISTRY.search(function.name.lower()) or _is_decorator(function, taken):
        return False
    if not _called_within(source, function):
        return False
    if isinstance(grown, ast.Subscript):
        keys = names_in(grown.slice)
        return bool(keys & _derived(function, taken)) and not any(map(_CLASSES.match, keys))
    if isinstance(grown, ast.Call):
        given = {name for each in grown.args for name in names_in(each)}
        return bool(given & _derived(function, taken)) and not any(map(_CLASSES.match, given))
    return False


def _is_open(grown: ast.AST) -> bool:
    """Whether the names of what is put in say that there is no end to it."""
    given = names_in(grown.slice) if isinstance(grown, ast.Subscript) else names_in(grown)
    return any(name == "key" or OPEN_NAMES.search(name) for name in given)


def _derived(function: FunctionNode, taken: set[str]) -> set[str]:
    """The parameters, and locals that are computed from them."""
    known = set(taken)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and names_in(node.value) & known:
            known |= {each.id for each in node.targets if isinstance(each, ast.Name)}
    return known


def _is_decorator(function: FunctionNode, taken: set[str]) -> bool:
    """Whether it gives back what it was given."""
    return any(
        isinstance(node, ast.Return) and isinstance(node.value, ast.Name) and node.value.id in taken
        for node in ast.walk(function)
    )


def _called_within(source: Source, function: FunctionNode) -> bool:
    """Whether it may be called while the program runs: not only by the module's own body."""
    return not _only_at_import(source, function, frozenset())


def _only_at_import(source: Source, function: FunctionNode, seen: frozenset[str]) -> bool:
    calls = source.loads.get(function.name, ())
    around = [source.function(each) for each in calls]
    return bool(calls) and all(
        caller is None
        or caller.name in seen
        or _only_at_import(source, caller, seen | {function.name})
        for caller in around
    )
