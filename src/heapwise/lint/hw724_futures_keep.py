"""HW724: finished futures keep their results.

A future holds what its function gave back as long as the future itself lives. A list, or dict, of all futures that a
loop goes through, one result after the other, so keeps every result until the loop ends, also those that were looked at
long before.

What to do: let go of each (`futures.pop(future)`, or a deque of few futures: submit a new one as one is done);
`pool.map(..., buffersize=...)` from Python 3.14 on; or let the function give back only what is needed. Costs: nothing.
Said only where a recording tells how much the results are. Clean: results that are kept anyway; futures that are taken
out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.calls import call_sites
from heapwise.lint.hw516_executor_eager import executors
from heapwise.lint.kept import Is, holds, is_reduced, keeping, keeps
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import COMPREHENSIONS, FunctionNode, Source, parameters

CODE = "HW724"
TITLE = "finished futures keep their results"
SIZED = True
NEEDS = (".submit(",)
_DONE = "concurrent.futures.as_completed"


def look(source: Source) -> Iterator[Hit]:
    """Collections of `pool.submit(f, ...)`, whose results a loop looks at and does not keep."""
    known = executors(source)
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "submit" or not call.args:
            continue
        function = _submitted(source, call)
        if ast.unparse(call.func.value) not in known or function is None:
            continue
        use = _use(source, call)
        if use is not None and _looks_at_each(source, use, _small(source, function)):
            yield hit(
                source, call, CODE, TITLE, f"the result of every {function.name}() lives until the last is looked at",
                saves=Saves.ALL_BUT_ONE, bodies=((function.lineno, function.end_lineno or function.lineno),),
                fix="take each future out as it is done, or submit a window of them; map(..., buffersize=...) from "
                "3.14 on",
            )  # fmt: skip


def _submitted(source: Source, call: ast.Call) -> FunctionNode | None:
    """The function of the module that is submitted; None where it gives back nothing that is large."""
    given = call.args[0]
    name = given.id if isinstance(given, ast.Name) else getattr(given, "attr", "")
    named = [each for each in source.functions if each.name == name]
    if len(named) != 1 or isinstance(named[0], ast.AsyncFunctionDef):
        return None
    returned = [
        n.value for n in ast.walk(named[0])
        if isinstance(n, ast.Return) and n.value is not None and source.function(n) is named[0]
    ]  # fmt: skip
    large = any(
        not isinstance(each, (ast.Constant, ast.Compare))
        and not (isinstance(each, ast.Call) and is_reduced(source, each))
        for each in returned
    )
    return named[0] if large else None


def _use(source: Source, call: ast.Call) -> ast.expr | None:
    """Where the futures are read, once, all of them; None where they are not kept, or somebody else may take them
    out."""
    above = source.parent(call)
    if isinstance(above, (ast.ListComp, ast.SetComp, ast.DictComp)):
        if call not in (getattr(above, "elt", None), getattr(above, "key", None)):
            return None
        bound = source.parent(above)
        if isinstance(bound, (ast.For, ast.comprehension)):
            return above if not isinstance(above, ast.DictComp) else None
        if not isinstance(bound, (ast.Assign, ast.AnnAssign)) or bound.value is not above:
            return None
        return _read(source, bound.targets if isinstance(bound, ast.Assign) else [bound.target])
    kept: ast.expr | None = None
    if isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute):
        kept = above.func.value if above.func.attr in ("append", "add") else None
    elif isinstance(above, ast.Subscript) and above.slice is call:
        kept = above.value
    return _read(source, [kept]) if kept is not None and source.loop(call) is not None else None


def _read(source: Source, targets: list[ast.expr]) -> ast.expr | None:
    """The loop over a local of the futures; None where it is bound again, gone through several times, or used in any
    way that is not plain to see."""
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        return None
    name, scope = targets[0].id, source.function(targets[0]) or source.tree
    found: list[ast.expr] = []
    bound: list[ast.expr] = []
    for node in ast.walk(scope):
        if isinstance(node, (ast.Global, ast.Nonlocal)) and name in node.names:
            return None
        if not isinstance(node, ast.Name) or node.id != name:
            continue
        if not isinstance(node.ctx, ast.Load):
            bound.append(node)
        elif not _leaves_futures(source, node):
            found.append(node)
    if len(bound) != 1 or len(found) != 1:
        return None
    statement = source.statement(found[0])
    again = statement is None or source.loop(statement) is not source.loop(bound[0])
    return found[0] if not again else None


def _leaves_futures(source: Source, node: ast.Name) -> bool:
    """Whether futures are put in, or looked up, or waited for, and none is taken out."""
    above = source.parent(node)
    if isinstance(above, ast.Attribute):
        return above.attr in ("append", "add")
    if isinstance(above, ast.Subscript) and above.value is node:
        if isinstance(above.ctx, ast.Load):
            return not isinstance(above.slice, ast.Slice)
        put = source.parent(above)
        value = put.value if isinstance(put, ast.Assign) else None
        method = value.func if isinstance(value, ast.Call) else above.slice
        method = method.func if isinstance(method, ast.Call) else method
        return isinstance(method, ast.Attribute) and method.attr == "submit"
    if not isinstance(above, ast.Call) or above.func is node:
        return False
    return source.dotted(above.func) in ("len", "concurrent.futures.wait")


def _looks_at_each(source: Source, use: ast.expr, small: set[int]) -> bool:
    """Whether a loop, or what reduces a generator, goes through futures and keeps none, and none of their results."""
    above = source.parent(use)
    paired = False
    while isinstance(above, ast.Call) and source.dotted(above.func) in (
        _DONE,
        "enumerate",
        "zip",
        "tqdm.tqdm",
    ):
        paired |= source.dotted(above.func) in ("enumerate", "zip")
        if source.dotted(above.func) == _DONE and isinstance(use, COMPREHENSIONS):
            return False  # it takes them over, and lets each go
        use, above = above, source.parent(above)
    if isinstance(above, ast.Attribute) and above.attr == "items":
        return False
    if isinstance(above, (ast.For, ast.comprehension)) and above.iter is use:
        return _keeps_none(source, above, small, paired=paired)
    return False


def _keeps_none(
    source: Source, loop: ast.For | ast.comprehension, small: set[int], *, paired: bool
) -> bool:
    """small: the places in a result, where it is a tuple, of what does not count."""
    target = loop.target
    if isinstance(target, ast.Tuple) and not paired:
        return False
    names = {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    around = source.parent(loop) if isinstance(loop, ast.comprehension) else loop
    if isinstance(around, ast.GeneratorExp):
        outer = source.parent(around)
        body: list[ast.AST] = [around]
        if not isinstance(outer, ast.Call) or not is_reduced(source, outer):
            return False
    elif isinstance(around, ast.For):
        body = list(around.body)
    else:
        body = [around] if around is not None else []
    futures = {
        n.value.id for each in body for n in ast.walk(each)
        if isinstance(n, ast.Attribute) and n.attr == "result"
        and isinstance(n.value, ast.Name) and n.value.id in names
    }  # fmt: skip
    if len(futures) != 1 or not _only_asked(source, body, *futures):
        return False

    def is_call(node: ast.AST) -> bool:
        method = node.func if isinstance(node, ast.Call) else None
        return (
            isinstance(method, ast.Attribute) and method.attr == "result"
            and isinstance(method.value, ast.Name) and method.value.id in futures
        )  # fmt: skip

    parts = _unpacked(body, is_call, small)

    def is_result(node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return isinstance(node.ctx, ast.Load) and node.id in parts
        above = source.parent(node)
        taken_apart = isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Tuple)
        return is_call(node) and not (parts and taken_apart)

    return all(
        isinstance(node, ast.Yield) and _is_let_go(source, node, known)
        for node, known in keeping(source, body, is_result)
    )


def _unpacked(body: list[ast.AST], is_call: Is, small: set[int]) -> set[str]:
    """The names of the large parts of results that are taken apart; none where it is not plain which are."""
    found: set[str] = set()
    for node in (n for each in body for n in ast.walk(each)):
        if isinstance(node, ast.Assign) and is_call(node.value):
            target = node.targets[0]
            if not isinstance(target, ast.Tuple) or len(node.targets) != 1:
                continue
            if not small or not all(isinstance(each, ast.Name) for each in target.elts):
                return set()
            found |= {
                each.id for at, each in enumerate(target.elts)
                if isinstance(each, ast.Name) and at not in small
            }  # fmt: skip
    return found


def _small(source: Source, function: FunctionNode) -> set[int]:
    """The places of what a function was given, and of numbers, in the tuples that it gives back."""
    returned = [
        n.value for n in ast.walk(function)
        if isinstance(n, ast.Return) and source.function(n) is function
    ]  # fmt: skip
    tuples = [each for each in returned if isinstance(each, ast.Tuple)]
    if not tuples or len(tuples) != len(returned) or len({len(each.elts) for each in tuples}) != 1:
        return set()
    given = {each.arg for each in parameters(function) if source.reads_of(each) is not None}

    def is_small(node: ast.expr) -> bool:
        return (
            isinstance(node, (ast.Constant, ast.Compare))
            or (isinstance(node, ast.Name) and node.id in given)
            or (isinstance(node, ast.Call) and is_reduced(source, node))
        )

    columns = enumerate(zip(*(each.elts for each in tuples), strict=True))
    return {at for at, column in columns if all(map(is_small, column))}


def _is_let_go(source: Source, node: ast.Yield, known: Is) -> bool:
    """Whether every loop over a generator of the module keeps nothing of the results that it yields."""
    function = source.function(node)
    sites = call_sites(source, function).sites if function is not None else []
    return bool(sites) and all(_loop_lets_go(source, each, node.value, known) for each in sites)


def _loop_lets_go(source: Source, site: ast.expr, given: ast.expr | None, known: Is) -> bool:
    loop = source.parent(site)
    if not isinstance(loop, (ast.For, ast.comprehension)) or loop.iter is not site:
        return False
    targets = [loop.target]
    if isinstance(loop.target, ast.Tuple) and isinstance(given, ast.Tuple):
        if len(loop.target.elts) != len(given.elts):
            return False
        pairs = zip(loop.target.elts, given.elts, strict=True)
        targets = [target for target, each in pairs if holds(source, each, known)]
    names = {n.id for each in targets for n in ast.walk(each) if isinstance(n, ast.Name)}

    def is_item(node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)

    if isinstance(loop, ast.For):
        return not keeps(source, loop.body, is_item)
    around = source.parent(loop)
    if around is None:
        return False
    outer = source.parent(around)
    reduced = isinstance(outer, ast.Call) and is_reduced(source, outer)
    return not keeps(source, [around], is_item) and (
        not isinstance(around, ast.GeneratorExp) or reduced
    )


def _only_asked(source: Source, body: list[ast.AST], future: str) -> bool:
    """Whether a future is asked for what it has, or looked up, and goes nowhere."""
    for node in (n for each in body for n in ast.walk(each)):
        if isinstance(node, ast.Name) and node.id == future and isinstance(node.ctx, ast.Load):
            above = source.parent(node)
            looked_up = isinstance(above, ast.Subscript) and above.slice is node
            asked = isinstance(above, ast.Attribute) and isinstance(above.ctx, ast.Load)
            if not looked_up and not asked:
                return False
    return True
