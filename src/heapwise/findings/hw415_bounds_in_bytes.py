"""HW415: a cache's bound is meant in bytes, and counts entries.

`LRUCache(maxsize=64 * 1024 * 1024)` of cachetools holds 64 million entries: an entry counts as 1 unless `getsizeof`
says what it takes. `functools.lru_cache(maxsize=64 << 20)` counts entries as well.

What to do: `LRUCache(maxsize=64 << 20, getsizeof=len)` for texts and bytes, `getsizeof=lambda x: x.nbytes` for arrays;
or a bound in entries. Costs: what is dropped is made again. Clean: caches whose entries have sizes, and those that keep
less than their bound.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping

from heapwise import units
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW415"
TITLE = "a cache's bound in bytes counts entries"
_LIBRARY, _SIZES = "cachetools.", "getsizeof"
CACHES: Mapping[str, int] = {
    "Cache": 1, "FIFOCache": 1, "LFUCache": 1, "LRUCache": 1, "MRUCache": 1, "RRCache": 2, "TTLCache": 3,
    "TLRUCache": 3,
}  # fmt: skip
"""Class -> which of its positional arguments says what an entry takes."""
_OPERATORS: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Mult: operator.mul, ast.Add: operator.add, ast.LShift: operator.lshift, ast.Pow: operator.pow,
}  # fmt: skip
_LEAST_BOUND, _MOST_BOUND = 1 << 20, 1 << 40
_TIMES, _DEEPEST, _LARGEST_EXPONENT = 1.5, 8, 64


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches that keep more bytes than their bound is, where that is no number of entries that anybody means."""
    retained = snapshot.nodes("retained_bytes")
    least = worth_bytes(snapshot)
    for node, bound in _bounded(snapshot):
        saving = retained[node] - bound
        if saving >= least and retained[node] >= _TIMES * bound:
            told = (
                f"it keeps {units.size(retained[node])}; its bound, {bound} ({units.size(bound)}), counts entries, "
                "as nothing says what one takes"
            )
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.8,
                fix="getsizeof=len, or what else tells the bytes of an entry; or a bound in entries",
                freed=Freed(roots=(node,), entirely=True),
            )  # fmt: skip


def _bounded(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """(cache, its bound) of those with a bound that looks like bytes, and counts entries."""
    for node, bound in snapshot.facts.get("maxsize", {}).items():
        if _LEAST_BOUND <= bound <= _MOST_BOUND:
            yield node, bound
    for name in CACHES:
        nodes = that_count(snapshot, name)
        bound = _largest_bound(program_source(snapshot), name) if nodes else 0
        if _LEAST_BOUND <= bound <= _MOST_BOUND:
            yield from ((node, bound) for node in nodes)


def that_count(snapshot: Snapshot, name: str) -> list[int]:
    """The caches of a class of cachetools that count their entries, whatever these take."""
    nodes = snapshot.of_type_exactly(_LIBRARY + name)
    return [node for node in nodes if _SIZES not in _attributes(snapshot, node)]


def _attributes(snapshot: Snapshot, node: int) -> set[str]:
    steps = list(snapshot.steps_from(node))
    held = [step.node for step in steps if step.name == "__dict__"]
    return {str(each.name) for each in steps} | {
        str(each.name) for inner in held for each in snapshot.steps_from(inner)
    }


def _largest_bound(source: ProgramSource, name: str) -> int:
    """Of the calls that make caches of a class, without saying what entries take; 0 where one is not known."""
    bounds = []
    for call in source.of(ast.Call):
        given = {each.arg: each.value for each in call.keywords}
        if last_name(call.func) != name or _SIZES in given or len(call.args) > CACHES[name]:
            continue
        bound = call.args[0] if call.args else given.get("maxsize")
        bounds.append(_number(source, bound, _DEEPEST) if bound is not None else 0)
    return max(bounds, default=0) if all(bounds) else 0


def _number(source: ProgramSource, node: ast.expr, depth: int) -> int:
    """What an expression of constants comes to, by the names of a module or a class, and by what is given for a
    parameter, as well; 0 where it is something else."""
    if isinstance(node, ast.Constant):
        return round(node.value) if isinstance(node.value, (int, float)) else 0
    if not depth:
        return 0
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = (_number(source, each, depth - 1) for each in (node.left, node.right))
        is_sane = isinstance(node.op, (ast.Mult, ast.Add)) or right <= _LARGEST_EXPONENT
        return _OPERATORS[type(node.op)](left, right) if left and right and is_sane else 0
    if isinstance(node, (ast.Name, ast.Attribute)):
        values = {
            _number(source, each.value, depth - 1) for each in source.of(ast.Assign)
            if any(last_name(target) == last_name(node) for target in each.targets)
            and not isinstance(source.scope_of(each), (*FUNCTIONS, ast.Lambda))
        }  # fmt: skip
        values |= {_number(source, each, depth - 1) for each in _given(source, node)}
        return values.pop() if len(values) == 1 else 0
    return 0


def _given(source: ProgramSource, node: ast.expr) -> Iterator[ast.expr]:
    """What the calls of a function, by its name, give for a parameter that is read there, `__init__` by that of its
    class and of those that derive from it; what stands in its place where they give nothing."""
    function = source.scope_of(node)
    if not isinstance(function, FUNCTIONS) or not isinstance(node, ast.Name):
        return
    owner, taken = source.above(function), [each.arg for each in function.args.args]
    if node.id not in taken:
        return
    is_method = isinstance(owner, ast.ClassDef)
    at = taken.index(node.id) - is_method
    names = {function.name}
    if isinstance(owner, ast.ClassDef) and function.name == "__init__":
        names = {each for each in source.classes if owner.name in source.ancestors(each)}
    missing = at + is_method - len(taken)  # counted from the end, as defaults are
    default = function.args.defaults[missing] if -missing <= len(function.args.defaults) else None
    for call in source.of(ast.Call):
        if last_name(call.func) in names:
            by_name = {each.arg: each.value for each in call.keywords}
            value = call.args[at] if at < len(call.args) else by_name.get(node.id, default)
            if value is not None:
                yield value
