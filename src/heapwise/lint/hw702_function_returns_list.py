"""HW702: a function builds a whole list for callers that read it item by item.

All items are in memory at once, though no caller ever wants more than one.

What to do: give back a generator: `return (f(x) for x in rows)`, or `yield` (done by `--fix --unsafe`, where the call
itself is what is read, and the items have no effects). A list is followed through names, and functions that it is given
to; where it is gone through several times, and no pass keeps an item or needs what another found: reduce each item as
it is made. Costs: callers can go through it once, and ask for no length. Clean: functions whose result is indexed,
measured or kept; functions that other modules may call.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from heapwise.lint.alters import acts_on, alters, attributes_of
from heapwise.lint.calls import is_own
from heapwise.lint.flow import (
    as_generator,
    called_for,
    changes_meanwhile,
    keeps_items,
    makes_list,
    reads_once,
)
from heapwise.lint.heads import called_in_head
from heapwise.lint.passes import passes_over
from heapwise.lint.rule import Edit, Hit, Saves, edit, hit
from heapwise.lint.source import FUNCTIONS, FunctionNode, Source, names_in
from heapwise.lint.waiting import may_wait
from heapwise.lint.yielding import returns_iterator, yields

CODE = "HW702"
TITLE = "a list for callers that read it once"
SIZED = True
_LOCKS = re.compile(r"lock|mutex|semaphore|condition", re.IGNORECASE)


def look(source: Source) -> Iterator[Hit]:
    """Functions with a single return, of a list that they build; every call of which is read once."""
    for function in source.functions:
        if isinstance(function, ast.AsyncFunctionDef) or _holds_lock(function):
            continue
        if isinstance(source.parent(function), ast.ClassDef):
            yield from _of_method(source, function)
            continue
        uses = _uses(source, function)
        value = _built(source, function)
        if value is None:
            yield from _of_appended(source, function, uses)
            continue
        if not uses or not all(_read_once(source, function, each) for each in uses):
            yield from _spread(source, function, value, value)
            continue
        edits: list[Edit] = [edit(source, value, as_generator)]
        if function.returns is not None:
            edits.append(edit(source, function, returns_iterator, kind="FunctionDef"))
        imports = ("collections.abc:Iterator",) if function.returns is not None else ()
        edits[-1] = replace(edits[-1], imports=imports)
        plain = source.parent(function) is source.tree and _may_wait(source, function, value, uses)
        yield hit(
            source, value, CODE, TITLE, f"every caller of {function.name}() reads it item by item",
            saves=Saves.ALL_BUT_ONE, fix="return (... for ...): a generator",
            edits=tuple(edits) if plain else (),
            without=called_for(value),
        )  # fmt: skip


def _uses(source: Source, function: FunctionNode) -> Sequence[ast.Name]:
    """Where a function of the module, or one within a function, is read; nothing where that is not all in sight."""
    above = source.parent(function)
    if function.decorator_list:
        return ()
    if above is source.tree:
        return source.loads.get(function.name, ()) if is_own(source, function.name) else ()
    found = source.reads_of(function) if isinstance(above, FUNCTIONS) else None
    return found.reads if found is not None else ()


def _holds_lock(function: FunctionNode) -> bool:
    """Whether it makes the list under a lock, which a generator would hold for as long as its caller reads."""
    return any(
        _LOCKS.search(ast.unparse(item.context_expr))
        for n in ast.walk(function) if isinstance(n, ast.With) for item in n.items
    )  # fmt: skip


def _of_method(source: Source, method: FunctionNode) -> Iterator[Hit]:
    """A method of a name that no other function has, by its calls."""
    if not isinstance(source.parent(method), ast.ClassDef) or method.decorator_list:
        return
    if sum(each.name == method.name for each in source.functions) > 1 or not is_own(
        source, method.name
    ):
        return
    uses = [n for n in source.of(ast.Attribute) if n.attr == method.name]
    value = _built(source, method)
    if value is None:
        yield from _of_appended(source, method, uses)
    elif uses and all(_read_once(source, method, each) for each in uses):
        yield hit(
            source, value, CODE, TITLE, f"every caller of {method.name}() reads it item by item",
            saves=Saves.ALL_BUT_ONE, fix="return (... for ...): a generator", without=called_for(value),
        )  # fmt: skip
    else:
        yield from _spread(source, method, value, value)


def _spread(
    source: Source, function: FunctionNode, returned: ast.expr, made: ast.expr | ast.stmt
) -> Iterator[Hit]:
    """A list that is bound, or handed on, before it is gone through. made: the comprehension, or the loop, that makes
    its items."""
    found = passes_over(source, returned, made)
    if found is None:
        return
    name, listed = function.name, isinstance(made, ast.expr)
    calls = called_in_head(made) if isinstance(made, ast.stmt) else called_for(made)
    if found.once:
        says = f"what {name}() gives is gone through once, in {found.lines}"
        fix = "return (... for ...): a generator" if listed else "yield each instead of append(...)"
    else:
        says = (
            f"what {name}() gives is gone through in {found.lines}, and none of its items is kept"
        )
        fix = "reduce each item as it is made: make all that the passes want of it in one loop"
    yield hit(source, made, CODE, TITLE, says, saves=Saves.ALL_BUT_ONE, fix=fix, without=calls)


def _of_appended(source: Source, function: FunctionNode, uses: Sequence[ast.expr]) -> Iterator[Hit]:
    """`found = []`, a loop that appends to it and does nothing else with it, `return found` at the end."""
    last = function.body[-1]
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name) or not uses:
        return
    name = last.value.id
    named = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name]
    grown = [call for n in named if (call := _appends(source, n)) is not None]
    begun = [
        each for each in function.body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.List) and not each.value.elts
        and [ast.unparse(t) for t in each.targets] == [name]
    ]  # fmt: skip
    returns = sum(isinstance(n, ast.Return) for n in ast.walk(function))
    if len(begun) != 1 or not grown or len(named) != len(grown) + 2 or returns != 1:
        return
    if any(source.loop(each) is None for each in grown):
        return
    if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(function)):
        return
    loop = next(
        each for each in function.body
        if any(n is grown[0] for n in ast.walk(each))
    )  # fmt: skip
    if not all(_read_once(source, function, each) for each in uses):
        yield from _spread(source, function, last.value, loop)
        return
    yield hit(
        source, loop, CODE, TITLE, f"every caller of {function.name}() reads {name} item by item",
        saves=Saves.ALL_BUT_ONE, fix=f"yield each instead of {name}.append(...)",
        without=called_in_head(loop), edits=yields(source, function, name, uses),
    )  # fmt: skip


def _appends(source: Source, name: ast.Name) -> ast.Call | None:
    method = source.parent(name)
    call = (
        source.parent(method)
        if isinstance(method, ast.Attribute) and method.attr == "append"
        else None
    )
    return call if isinstance(call, ast.Call) and call.func is method else None


def _may_wait(
    source: Source, function: FunctionNode, value: ast.expr, uses: Sequence[ast.Name]
) -> bool:
    if any(isinstance(n, ast.With) for n in ast.walk(function)):  # a file, say, that it would close
        return False
    calls = [source.parent(each) for each in uses]
    return all(isinstance(each, ast.Call) and may_wait(source, value, each) for each in calls)


def _built(source: Source, function: FunctionNode) -> ast.expr | None:
    returns = [n for n in ast.walk(function) if isinstance(n, ast.Return)]
    last = function.body[-1]
    while isinstance(last, ast.With):
        last = last.body[-1]
    if len(returns) != 1 or returns[0] is not last:
        return None
    if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(function)):
        return None
    return returns[0].value if makes_list(source, returns[0].value) else None


def _read_once(source: Source, function: FunctionNode, use: ast.expr) -> bool:
    call = source.parent(use)
    if not isinstance(call, ast.Call) or call.func is not use or not reads_once(source, call):
        return False
    # What is given, or is the module's, may be what the items are made from.
    given = {name for each in call.args for name in names_in(each)}
    given |= {name for each in call.keywords for name in names_in(each.value)}
    own = {
        target.id
        for node, targets, _ in source.bindings if source.function(node) in (None, source.function(function))
        for target in targets if isinstance(target, ast.Name)
    } & _names_behind(source, function)  # fmt: skip
    body = getattr(source.parent(call), "body", [])
    loop = body if isinstance(body, list) else []
    owner = use.value if isinstance(use, ast.Attribute) else use
    others = (names_in(owner) if owner is not use else set()) - {"self"}
    return (
        not keeps_items(source, call)
        and not changes_meanwhile(source, call, given | own)
        and not alters(source, loop, attributes_of(source, function))
        and not acts_on(loop, given | others | own)
    )


def _names_behind(source: Source, function: FunctionNode) -> set[str]:
    """The names that a function asks for, and those that the functions of the module ask for that it calls."""
    known: set[str] = set()
    todo = names_in(function)
    while todo:
        known |= todo
        called = [each for each in source.functions if each.name in todo]
        todo = set().union(*map(names_in, called)) - known
    return known
