"""HW732: results that come one by one are spread out, or collected, before the first is looked at.

`zip(*pool.imap(f, jobs))`, `chain(*(read(path) for path in paths))`, `total(*parts())` make all of them, and a tuple of
all, before the call begins, as does `product(parts(), kinds)`; `pool.map(f, jobs)`, `list(pool.imap(f, jobs))` and
joblib's `Parallel(...)(jobs)` wait for the last, as `dict(networkx.all_pairs_dijkstra(graph))` does.

What to do: fold in each as it comes: `for depth, counts in pool.imap(f, jobs)`; `chain.from_iterable(...)`; `max(...)`
of the iterable itself; loops in loops; `Parallel(..., return_as="generator")`. Costs: nothing. Said only where a
recording tells how much the results are. Clean: results that are kept, or gone through several times.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.flow import keeps_items, reads_once, reduces
from heapwise.lint.hw516_executor_eager import executors
from heapwise.lint.kept import keeps
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import FUNCTIONS, Source, keyword
from heapwise.lint.texts import made_by
from heapwise.lint.uses import Use, single_uses, uses_of_target

CODE = "HW732"
TITLE = "results spread out before one is looked at"
SIZED = True
NEEDS = ("(*", "Pool", "Executor", " *", "product", "Parallel", "all_pairs_")
_PARALLEL, _DELAYED = "joblib.Parallel", "joblib.delayed"
_PAIRS = "networkx.all_pairs_"
"""The beginning of the names of functions that give pairs, of a node with what belongs to it."""
_PRODUCT = "itertools.product"
_LAZY_METHODS = {"imap", "imap_unordered"}
_WHOLE_METHODS = {"map", "starmap"}
_FEW = 10
_ITERATORS = {
    "open", "iter", "map", "filter", "zip", "enumerate", "reversed", "reader", "DictReader", "islice", "chain", "count",
    "cycle", "scandir", "iterdir", "glob", "rglob", "finditer", "iterparse", "execute", "imap", "imap_unordered",
}  # fmt: skip
_POOLS = ("Pool", "ThreadPool")
_INSTEAD = {
    "itertools.chain": "itertools.chain.from_iterable(...)", "max": "max(...) of the iterable itself",
    "min": "min(...) of the iterable itself", "print": "print each, or file.writelines(...)",
}  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Calls that are given `*results`, and lists of what a pool gives."""
    known = workers(source)
    for starred in source.of(ast.Starred):
        call = source.parent(starred)
        if (
            isinstance(call, ast.Call)
            and starred in call.args
            and isinstance(starred.ctx, ast.Load)
        ):
            made = _lazy(source, starred.value, known)
            fix = _instead(source, call, starred) if made is not None else ""
            if made is not None and fix:
                yield _told(
                    source, call, made, f"{shown(call)} makes all of them before it begins", fix
                )
    for call in source.of(ast.Call):
        if source.called(call) == _PRODUCT and len(call.args) > 1 and not call.keywords:
            made = _lazy(source, call.args[0], known)
            once = any(_is_read_once(source, each, known) for each in call.args[1:])
            if made is not None and not once and _is_let_go(source, call, of_first=True):
                says = f"{shown(call)} makes a tuple of all that it is given before it begins"
                yield _told(
                    source, call, made, says, "for each in the first: for other in the second: ..."
                )
        made = _collected(source, call, known)
        if made is not None and _is_let_go(source, call):
            yield _told(
                source, call, made, f"{shown(call)} waits for the last before the first is looked at",
                _one_by_one(source, call),
            )  # fmt: skip


def _told(source: Source, call: ast.Call, made: ast.expr, says: str, fix: str) -> Hit:
    """made: what gives the results; of those of workers, they are received below where the pool was made."""
    lines = {(made.lineno, made.end_lineno or made.lineno)}
    also: set[int] = set()
    method = made.func if isinstance(made, ast.Call) else None
    pools: list[ast.expr] = []
    if isinstance(method, ast.Attribute):
        named = ast.unparse(method.value)
        pools = made_by(source, method.value)
        pools = pools or [pool for name, pool in _pools(source) if name == named]
    for pool in pools:
        of_threads = "Thread" in getattr(getattr(pool, "func", None), "attr", "") + source.called(
            pool
        )
        if of_threads:
            lines.add((pool.lineno, pool.lineno))
        elif isinstance(pool, ast.Call):
            also.add(pool.lineno)
    if _is_parallel(source, call):
        lines |= _delayed(source, call)
    in_chunks = isinstance(method, ast.Attribute) and method.attr in _WHOLE_METHODS
    received = Saves.CHUNKED if in_chunks else Saves.RECEIVED
    own = set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
    return hit(
        source, call, CODE, TITLE, says, saves=received if also else Saves.ALL_BUT_ONE, fix=fix,
        bodies=tuple(sorted(each for each in lines if each[0] not in own)), also=tuple(sorted(also - own)),
    )  # fmt: skip


def workers(source: Source) -> set[str]:
    """The names that a file gives to pools and executors."""
    return executors(source) | {name for name, _ in _pools(source)}


def _pools(source: Source) -> Iterator[tuple[str, ast.expr]]:
    """(name, the call that makes it) of the pools that a file gives a name."""
    bound = [
        *((item.optional_vars, item.context_expr) for item in source.of(ast.withitem)),
        *((target, value) for _, targets, value in source.bindings for target in targets),
    ]
    for target, value in bound:
        method = value.func if isinstance(value, ast.Call) else None
        name = getattr(method, "attr", getattr(method, "id", ""))
        if target is not None and value is not None and name in _POOLS:
            yield ast.unparse(target), value


def _lazy(source: Source, node: ast.expr, workers: set[str]) -> ast.expr | None:
    """What gives results one by one, or makes a list of them just for this call; None for anything else."""
    made = node
    if isinstance(node, ast.Name):
        values = made_by(source, node)
        if len(values) != 1:
            return None
        [made] = values
        uses = single_uses(source, made)
        if uses is None or len(uses) != 1 or uses[0].place is not node:
            return None
    if isinstance(made, ast.GeneratorExp | ast.ListComp):
        return None if _is_short(source, made.generators[0].iter) else made
    if not isinstance(made, ast.Call):
        return None
    method = made.func.attr if isinstance(made.func, ast.Attribute) else ""
    if method in _LAZY_METHODS:
        return made
    if method in _WHOLE_METHODS and ast.unparse(made.func.value) in workers:  # type: ignore[attr-defined]
        return made
    if source.dotted(made.func) == "map" and len(made.args) > 1:
        return None if any(_is_short(source, each) for each in made.args[1:]) else made
    own = source.functions_named.get(last_name(made.func), [])
    return made if len(own) == 1 and source.is_generator(own[0]) else None


def _is_read_once(source: Source, node: ast.expr, workers: set[str]) -> bool:
    """Whether an iterable is at its end when it has been gone through: a file, an iterator, a generator."""
    if _lazy(source, node, workers) is not None:
        return True
    return any(
        isinstance(each, ast.Call) and (last_name(each.func) in _ITERATORS or _lazy(source, each, workers) is not None)
        for each in made_by(source, node)
    )  # fmt: skip


def _is_short(source: Source, node: ast.expr) -> bool:
    """Whether it plainly has few items."""
    if isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
        return True
    counted = isinstance(node, ast.Call) and source.dotted(node.func) == "range"
    given = [
        each.value if isinstance(each, ast.Constant) else None for each in getattr(node, "args", ())
    ]
    return counted and all(isinstance(each, int) and each <= _FEW for each in given)


def _instead(source: Source, call: ast.Call, starred: ast.Starred) -> str:
    """What to do instead of spreading out results; empty where they are needed at once."""
    name = source.dotted(call.func)
    if name == "zip":
        plain = len(call.args) == 1 and not call.keywords
        return (
            "for ... in the iterable itself: fold in each"
            if plain and _parts_let_go(source, call)
            else ""
        )
    if name in _INSTEAD:
        alone = len(call.args) == 1 or name == "itertools.chain"
        return _INSTEAD[name] if alone else ""
    if not isinstance(call.func, ast.Name):
        return ""
    own = source.functions_named.get(call.func.id, [])
    if len(own) != 1 or own[0].decorator_list or isinstance(own[0], ast.AsyncFunctionDef):
        return ""
    [function] = own
    taken = function.args.vararg
    ahead = len(function.args.posonlyargs) + len(function.args.args)
    if taken is None or call.args.index(starred) != ahead:
        return ""
    reads = source.reads_of(taken)
    if reads is None or len(reads.reads) != 1 or source.scope(reads.reads[0]) is not function:
        return ""
    [read] = reads.reads
    gone = source.loop(read) is None and reads_once(source, read) and _keeps_none(source, read)
    return f"{function.name}(iterable), which goes through it" if gone else ""


def _parts_let_go(source: Source, call: ast.Call) -> bool:
    """Whether `a, b = zip(*results)` are gone through once each, and one of them is surely not kept."""
    above = source.parent(call)
    if not isinstance(above, ast.Assign) or len(above.targets) != 1:
        return False
    target = above.targets[0]
    if not isinstance(target, ast.Tuple) or not isinstance(source.scope(call), FUNCTIONS):
        return False
    let_go = False
    for each in target.elts:
        uses = uses_of_target(source, each)
        if uses is None or len(uses) > 1:
            return False
        for use in uses:
            if use.repeated or not reads_once(source, use.place) or keeps_items(source, use.place):
                return False
            let_go |= _keeps_none(source, use.place)
    return let_go


def _collected(source: Source, call: ast.Call, workers: set[str]) -> ast.expr | None:
    """What gives the results of which a call makes a list: `list(pool.imap(...))`, or `pool.map(...)` itself."""
    method = call.func
    if isinstance(method, ast.Attribute):
        is_pool = method.attr in _WHOLE_METHODS and ast.unparse(
            method.value
        ) in workers - executors(source)
        return call if is_pool else None
    if _is_parallel(source, call):
        return call
    kind = source.dotted(call.func)
    if kind not in ("list", "tuple", "dict") or len(call.args) != 1:
        return None
    inner = call.args[0]
    if source.called(inner).startswith(_PAIRS):
        return inner
    if (
        kind == "dict"
        or not isinstance(inner, ast.Call)
        or not isinstance(inner.func, ast.Attribute)
    ):
        return None
    asked = inner.func
    of_worker = asked.attr == "map" and ast.unparse(asked.value) in executors(source)
    return inner if of_worker or asked.attr in _LAZY_METHODS else None


def _is_parallel(source: Source, call: ast.Call) -> bool:
    """Whether it is joblib's `Parallel(...)(jobs)`, which gives a list."""
    made = call.func
    if not isinstance(made, ast.Call) or source.called(made) != _PARALLEL:
        return False
    # What `**options` has may be said wherever the function is called.
    is_open = any(each.arg is None for each in made.keywords)
    calls = source.of(ast.Call) if is_open else [made]
    return not any(keyword(each, "return_as") is not None for each in calls)


def _delayed(source: Source, call: ast.Call) -> set[tuple[int, int]]:
    """The lines of the functions of the module whose work a function has put off."""
    inside = source.function(call) or source.tree
    named = {
        n.args[0].id for n in ast.walk(inside)
        if isinstance(n, ast.Call) and source.called(n) == _DELAYED and n.args and isinstance(n.args[0], ast.Name)
    }  # fmt: skip
    found = (each for name in named for each in source.functions_named.get(name, ()))
    return {(each.lineno, each.end_lineno or each.lineno) for each in found}


def _one_by_one(source: Source, call: ast.Call) -> str:
    if _is_parallel(source, call):
        return 'Parallel(..., return_as="generator"): each is looked at as it comes'
    if source.called(call) == "dict":
        return "for node, reached in the iterable itself: what is done with them"
    return "for each in pool.imap(...), while the pool is open: what is done with it"


def _is_let_go(source: Source, call: ast.Call, *, of_first: bool = False) -> bool:
    """Whether a list of results is gone through once, and none is kept. of_first: of pairs what is first in them."""
    if source.called(source.parent(call)) in ("list", "tuple"):
        return False
    uses = single_uses(source, call)
    if uses and source.called(call) == "dict":
        uses = _of_pairs(source, uses)
    return bool(uses) and all(
        reads_once(source, each.place) and _keeps_none(source, each.place, of_first=of_first)
        for each in uses or ()
    )


def _of_pairs(source: Source, uses: list[Use]) -> list[Use] | None:
    """The single uses of `table.items()`, where a table is used for nothing else."""
    found: list[Use] = []
    for use in uses:
        method = source.parent(use.place)
        asked = source.parent(method) if isinstance(method, ast.Attribute) else None
        if getattr(method, "attr", "") != "items" or not isinstance(asked, ast.Call) or asked.args:
            return None
        of_one = single_uses(source, asked)
        if of_one is None or use.repeated:
            return None
        found += of_one
    return found


def _keeps_none(source: Source, place: ast.expr, *, of_first: bool = False) -> bool:
    """Whether what goes through an iterable keeps none of its items, nor hands them to code out of sight."""
    if reduces(source, place):
        return source.called(source.parent(place)) in ("sum", "any", "all", "math.fsum")
    loop = source.parent(place)
    target = getattr(loop, "target", None)
    if target is None or loop is None:
        return False
    parts = target.elts if of_first and isinstance(target, ast.Tuple) else [target]
    names = {n.id for n in ast.walk(parts[0]) if isinstance(n, ast.Name)}

    def is_item(node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)

    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return not keeps(source, loop.body, is_item)
    outer = source.parent(loop)
    if isinstance(outer, ast.GeneratorExp) and not reduces(source, outer):
        return False
    return outer is not None and not keeps(source, [outer], is_item)
