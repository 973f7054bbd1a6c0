"""HW741: the same object is sent to a process with each task.

`pool.starmap(near, [(points, query) for query in queries])`, `pool.map(partial(near, points), queries)` and
`executor.submit(near, points, query)` in a loop pickle `points` for every task, or every chunk of tasks: here a copy or
two each time, and one in each worker that takes it.

What to do: give it to each worker once: `Pool(initializer=use, initargs=(points,))`, where `use` puts it into a global
that the tasks read; a global that is set before the processes are forked; `multiprocessing.shared_memory`, or
`np.load(path, mmap_mode="r")` in the worker. Costs: an initializer, and a global in the worker. Said only where a
recording tells how much was pickled. Clean: pools of threads; tasks that have parts of their own; what is small.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import COMPREHENSIONS, LOOPS, Source, names_in
from heapwise.lint.texts import made_by

CODE = "HW741"
TITLE = "sent with each task"
SIZED = True
NEEDS = ("Pool(", "ProcessPoolExecutor")
_EXECUTORS = {
    "concurrent.futures.ProcessPoolExecutor",
    "concurrent.futures.process.ProcessPoolExecutor",
}
_OF_TUPLES = {"starmap", "starmap_async"}
_MAPS = {"map", "imap", "imap_unordered", "map_async"}
_ONE = {"submit", "apply_async", "apply", "run_in_executor"}
_PARTIAL, _REPEAT, _ZIP = "functools.partial", "itertools.repeat", "zip"
_PARTS = re.compile(
    r"(^|_)(chunk|batch|batche|part|block|tile|frame|image|img|array|data|slice|shard|group|text|doc|document|page|"
    r"body|row|piece|split|content|message|payload|matrix|matrice|record)s?\d*(_|$)",
    re.IGNORECASE,
)
_POOLS = re.compile(r"pool|executor|workers", re.IGNORECASE)
_SMALL = {
    "len", "int", "float", "str", "min", "max", "range", "bool", "round", "pathlib.Path",
    "os.path.join", "argparse.ArgumentParser", "logging.getLogger", "time.time", "os.getpid",
}  # fmt: skip


class _Task(NamedTuple):
    """shared: what each task is given, the same for all; own: what is its own."""

    shared: list[ast.expr]
    own: list[ast.expr]


def look(source: Source) -> Iterator[Hit]:
    """Calls that hand tasks to processes, each with what is the same for all."""
    pools = _pools(source)
    for call in source.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr not in _OF_TUPLES | _MAPS | _ONE:
            continue
        by_loop = method.attr == "run_in_executor"
        if by_loop and not call.args:
            continue
        makers = _makers(source, call.args[0] if by_loop else method.value, pools)
        task = _task(source, call, method.attr) if makers else None
        if task is None or any(_may_be_large(source, each) for each in task.own):
            continue
        shared = [each for each in task.shared if _may_be_shared(source, each)]
        if not shared:
            continue
        holder = shared[0].id if isinstance(shared[0], ast.Name) and len(shared) == 1 else ""
        own = set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
        also = {
            line for each in makers for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)
        }  # fmt: skip
        names = ", ".join(dict.fromkeys(map(shown, shared)))
        yield hit(
            source, call, CODE, TITLE, f"{names} is pickled for each task of {shown(call)}", saves=Saves.SENT,
            fix=f"Pool(initializer=..., initargs=({names},)): once for each worker; a global, where they are forked",
            also=tuple(sorted(also - own)), holder=holder,
        )  # fmt: skip


def _pools(source: Source) -> dict[str, list[ast.Call]]:
    """Name of a pool of processes -> the calls that make it."""
    bound = [
        *((item.optional_vars, item.context_expr) for item in source.of(ast.withitem)),
        *((target, value) for _, targets, value in source.bindings for target in targets),
    ]
    found: dict[str, list[ast.Call]] = {}
    for target, value in bound:
        made = _entered(value)
        if target is not None and isinstance(made, ast.Call) and _makes_pool(source, made):
            found.setdefault(ast.unparse(target), []).append(made)
    return found


def _entered(value: ast.expr | None) -> ast.expr | None:
    """`Pool()` of `stack.enter_context(Pool())`."""
    method = value.func if isinstance(value, ast.Call) else None
    entered = isinstance(method, ast.Attribute) and method.attr == "enter_context"
    return value.args[0] if entered and value.args else value  # type: ignore[union-attr]


def _makes_pool(source: Source, call: ast.Call) -> bool:
    name = source.dotted(call.func)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    of_threads = name.startswith("multiprocessing.dummy")
    return not of_threads and (
        name in _EXECUTORS or name.endswith((".Pool", "ProcessPoolExecutor")) or method == "Pool"
    )


def _makers(source: Source, owner: ast.expr, pools: dict[str, list[ast.Call]]) -> list[ast.Call]:
    """The calls that made a pool; those of the file where a function is given one."""
    if not isinstance(owner, ast.Name):
        one = isinstance(owner, ast.Call) and _makes_pool(source, owner)
        return [owner] if one else pools.get(ast.unparse(owner), [])  # type: ignore[list-item]
    makers: list[ast.Call] = []
    for binder in source.seen(owner):
        above = source.parent(binder)
        made = (
            above.context_expr if isinstance(above, ast.withitem) else getattr(above, "value", None)
        )
        made = _entered(made)
        if isinstance(binder, ast.arg):
            processes = _POOLS.search(owner.id) and "ThreadPool" not in source.text
            makers += [each for found in pools.values() for each in found] if processes else []
        elif isinstance(made, ast.Call) and _makes_pool(source, made):
            makers.append(made)
        elif not (isinstance(made, ast.Constant) and made.value is None):
            return []
    return makers


def _task(source: Source, call: ast.Call, name: str) -> _Task | None:
    """What a task is given."""
    if len(call.args) < (2 if name == "run_in_executor" else 1):
        return None
    function, *given = call.args[1:] if name == "run_in_executor" else call.args
    task = _Task([], [])
    inner = _bound(source, function)
    if isinstance(inner, ast.Call) and source.called(inner) == _PARTIAL:
        task.shared.extend([*inner.args[1:], *(each.value for each in inner.keywords)])
    if isinstance(function, ast.Attribute) and function.attr in source.functions_named:
        task.shared.append(function.value)  # a bound method takes its object along
    if name in _ONE:
        loop = source.loop(call)
        if loop is not None:
            _sort(task, _given(call, name), _stored(loop))
        return task if loop is not None else None
    if name in _OF_TUPLES or len(given) == 1:
        tasks = _bound(source, given[0]) if given else None
        for parts, stored in _tuples(source, tasks, given[0] if given else None):
            _sort(task, parts, stored)
        if source.called(tasks) == _ZIP and isinstance(tasks, ast.Call):
            given = tasks.args
    for each in given:
        made = _bound(source, each)
        same = _same_for_all(source, made)
        if same is not None:
            task.shared.append(same)
        elif name not in _OF_TUPLES:
            task.own.extend(_own(source, made, each))
    return task


def _makes_record(source: Source, node: ast.expr) -> bool:
    """Whether it makes an object of a class of the module."""
    name = node.func if isinstance(node, ast.Call) else None
    return isinstance(name, ast.Name) and any(
        isinstance(each, ast.ClassDef) for each in source.seen(name)
    )


def _own(source: Source, made: ast.expr, name: ast.expr) -> list[ast.expr]:
    """The items of an iterable as far as its source or name tells them; tuples are looked at by their parts."""
    if not isinstance(made, (ast.ListComp, ast.GeneratorExp)):
        return [name]
    by_parts = isinstance(made.elt, (ast.Tuple, ast.List, ast.Dict))
    return [] if by_parts or _makes_record(source, made.elt) else [made.elt]


def _given(call: ast.Call, name: str) -> list[ast.expr]:
    """What a call that hands over one task gives to it."""
    named = {each.arg: each.value for each in call.keywords}
    if name in ("submit", "run_in_executor"):
        return [*call.args[1 if name == "submit" else 2 :], *named.values()]
    given = call.args[1] if len(call.args) > 1 else named.get("args")
    kwds = call.args[2] if len(call.args) > 2 else named.get("kwds")
    plain = list(given.elts) if isinstance(given, (ast.Tuple, ast.List)) else []
    return [*plain, *(kwds.values if isinstance(kwds, ast.Dict) else ())]


def _same_for_all(source: Source, made: ast.expr) -> ast.expr | None:
    """What `repeat(x)` or `[x] * n` gives to every task."""
    if isinstance(made, ast.Call) and source.called(made) == _REPEAT and made.args:
        return made.args[0]
    if (
        isinstance(made, ast.BinOp)
        and isinstance(made.op, ast.Mult)
        and isinstance(made.left, ast.List)
    ):
        return made.left.elts[0] if len(made.left.elts) == 1 else None
    return None


def _bound(source: Source, node: ast.expr) -> ast.expr:
    made = made_by(source, node) if isinstance(node, ast.Name) else []
    return made[0] if len(made) == 1 else node


def _tuples(
    source: Source, made: ast.expr | None, name: ast.expr | None
) -> Iterator[tuple[list[ast.expr], set[str]]]:
    """(what a task is made of, the names that a loop binds anew for each) of tasks that are listed."""
    if isinstance(made, ast.Call) and source.called(made) in ("list", "tuple", "iter") and made.args:  # fmt: skip
        made = made.args[0]
    if isinstance(made, (ast.ListComp, ast.GeneratorExp)):
        if isinstance(made.elt, (ast.Tuple, ast.List)):
            yield made.elt.elts, _stored(made)
        elif isinstance(made.elt, ast.Dict):
            yield made.elt.values, _stored(made)
        elif _makes_record(source, made.elt) and isinstance(made.elt, ast.Call):
            yield [*made.elt.args, *(each.value for each in made.elt.keywords)], _stored(made)
    elif isinstance(made, ast.List) and not made.elts and isinstance(name, ast.Name):
        for read in source.loads.get(name.id, ()):
            method = source.parent(read)
            call = source.parent(method) if isinstance(method, ast.Attribute) else None
            loop = source.loop(read)
            if not isinstance(call, ast.Call) or method.attr != "append" or loop is None:  # type: ignore[union-attr]
                continue
            if source.scope(read) is source.scope(name) and isinstance(call.args[0], ast.Tuple):
                yield call.args[0].elts, _stored(loop)


def _sort(task: _Task, parts: list[ast.expr], stored: set[str]) -> None:
    for each in parts:
        (task.own if names_in(each) & stored else task.shared).append(each)


def _stored(loop: ast.AST) -> set[str]:
    """The names that a loop, or one that is around it, binds."""
    kinds = (*LOOPS, *COMPREHENSIONS)
    return {
        n.id for n in ast.walk(loop)
        if isinstance(loop, kinds) and isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }  # fmt: skip


def _may_be_shared(source: Source, node: ast.expr) -> bool:
    """Whether it may be something large: no constant, function or module, nor what is plainly small."""
    if isinstance(node, ast.Attribute):
        return not source.is_of_import(node) and node.attr not in source.functions_named
    if not isinstance(node, ast.Name) or node.id in source.imports:
        return False
    if node.id in source.functions_named or any(c.name == node.id for c in source.of(ast.ClassDef)):
        return False
    made = made_by(source, node)
    return not made or not all(
        isinstance(each, (ast.Constant, ast.JoinedStr)) or source.called(each) in _SMALL
        for each in made
    )


def _may_be_large(source: Source, node: ast.expr) -> bool:
    """Whether what is a task's own may be what is large."""
    if isinstance(node, ast.Call):
        return source.called(node) not in _SMALL
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, (ast.Slice, ast.Tuple)) or _named(node)
    if isinstance(node, (ast.Tuple, ast.List)):
        return any(_may_be_large(source, each) for each in node.elts)
    return _named(node) and not isinstance(node, (ast.BinOp, ast.Constant, ast.JoinedStr, ast.Dict))


def _named(node: ast.expr) -> bool:
    said = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    said |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return any(_PARTS.search(each) for each in said)
