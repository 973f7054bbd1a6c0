"""HW417: numbers are kept to be added up.

`self.levels[gauge].append(level)`, and later `sum(levels) / len(levels)`: of all that was kept a sum, a count, the
least or the largest is read, which could have been brought up to date as each number came.

What to do: `self.sums[gauge] += level`, `self.counts[gauge] += 1`, `self.most = max(self.most, level)`. Costs: single
numbers cannot be looked at later; a running sum of floats may differ in the last digits. Clean: lists that are sorted,
gone through, sliced or given back, and those of which quantiles are asked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.kept_at import places_of
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW417"
TITLE = "numbers that are kept to be added up"
_NUMBERS = frozenset(("int", "float", "decimal.Decimal", "fractions.Fraction", "bool"))
_LISTS = frozenset(("list", "collections.deque", "array.array"))
_REDUCE = frozenset(("sum", "len", "min", "max", "mean", "fmean", "fsum", "any", "all", "bool"))
_FACTORIES = frozenset(("type", "function"))
"""What a defaultdict makes its lists with."""
_LEAST_ITEMS, _SAMPLE, _DEPTH = 1000, 30, 4


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists of numbers, and dicts of such lists, that the program fills, and of which it reads totals."""
    source, least = program_source(snapshot), worth_bytes(snapshot)
    if not source.is_known or source.reads_any_name:
        return
    retained = snapshot.nodes("retained_bytes")
    for own in own_containers(snapshot):
        lists = _lists_of_numbers(snapshot, own)
        saving = sum(retained[node] for node in lists)
        if saving < least or own.name.text in source.named or own.name.kind == "local":
            continue
        asked = _asked(source, own)
        if not asked:
            continue
        told = (
            f"{own.name.text} keeps {units.size(saving)} of numbers; the source reads "
            f"{', '.join(f'{each}()' for each in sorted(asked))} of them, and nothing else"
        )
        yield structural(
            snapshot, own.node, CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.7,
            fix="bring the sum, the count, the least and the largest up to date as each number comes",
            freed=Freed(roots=lists, entirely=True),
        )  # fmt: skip


def _lists_of_numbers(snapshot: Snapshot, own: Own) -> list[int]:
    """The container itself, or those in it; none where something else is in them."""
    counts = snapshot.nodes("edges_count")
    lists = [own.node] if snapshot.type_of(own.node) in _LISTS else own.entries
    lists = [node for node in lists if snapshot.type_of(node) not in _FACTORIES]
    if any(snapshot.type_of(node) not in _LISTS for node in sampled(lists, _SAMPLE)):
        return []
    if sum(counts[node] for node in lists) < _LEAST_ITEMS:
        return []
    for node in sampled(lists, _SAMPLE):
        steps = snapshot.first_steps(node, _SAMPLE)
        if any(snapshot.type_of(step.node) not in _NUMBERS for step in steps):
            return []
    return lists


def _asked(source: ProgramSource, own: Own) -> set[str]:
    """The calls by which the program reads totals; none where it reads something else, or takes something out."""
    asked: set[str] = set()
    for place in places_of(source, own.name):
        found = _reads(source, place, _DEPTH)
        if found is None:
            return set()
        asked |= found
    return asked - {"len", "bool"} and asked


def _reads(source: ProgramSource, node: ast.expr, depth: int) -> set[str] | None:
    """The reductions that are made of what stands there, or of each list in it; None where more is done with it."""
    above = source.above(node)
    if not depth:
        return None
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return set()
    if isinstance(above, ast.Subscript) and above.value is node:
        is_entry = not isinstance(above.slice, ast.Slice) and isinstance(above.ctx, ast.Load)
        return _reads(source, above, depth - 1) if is_entry else None
    if isinstance(above, ast.Attribute):
        call = source.above(above)
        if not isinstance(call, ast.Call) or call.func is not above:
            return None
        if above.attr in ("append", "extend"):
            return set()
        if above.attr in ("setdefault", "get"):
            return _reads(source, call, depth - 1)
        return _walked(source, call) if above.attr in ("items", "values") else None
    if isinstance(above, ast.Call) and above.args[:1] == [node]:
        name, others = last_name(above.func), {each.arg for each in above.keywords}
        is_plain = len(above.args) == 1 and others <= {"default", "start"}
        return {name} if name in _REDUCE and is_plain else None
    is_test = isinstance(above, (ast.If, ast.IfExp, ast.While)) and above.test is node
    return {"bool"} if is_test or isinstance(above, (ast.BoolOp, ast.UnaryOp)) else None


def _walked(source: ProgramSource, values: ast.Call) -> set[str] | None:
    """The same of what a loop over a dict's lists binds."""
    above = source.above(values)
    if (
        not isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension))
        or above.iter is not values
    ):
        return None
    target: ast.expr | None = above.target
    if isinstance(values.func, ast.Attribute) and values.func.attr == "items":
        is_pair = isinstance(target, ast.Tuple) and len(target.elts) == 2
        target = target.elts[1] if is_pair and isinstance(target, ast.Tuple) else None
    if not isinstance(target, ast.Name):
        return None
    around = source.above(above) if isinstance(above, ast.comprehension) else above
    found: set[str] = set()
    for each in ast.walk(around) if around is not None else ():
        if isinstance(each, ast.Name) and each.id == target.id and isinstance(each.ctx, ast.Load):
            reads = _reads(source, each, 2)
            if reads is None:
                return None
            found |= reads
    return found
