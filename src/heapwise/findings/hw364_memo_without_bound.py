"""HW364: a cache of the program's own has no bound.

`page = self.pages.get(url)`, `if page is None: page = self.pages[url] = render(url)`: each new key stays for ever. What
is asked by addresses, texts or ids of users has ever new keys.

What to do: a bound (`functools.lru_cache(maxsize=...)`, `cachetools.LRUCache`), or a key without what makes no
difference. Costs: what is dropped is made again. Clean: tables of a few hundred entries; those that something is taken
out of, or that are read otherwise; tables that are filled in one place and asked in another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.records import of_records
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW364"
TITLE = "a cache of the program's own has no bound"
_LEAST_ENTRIES, _KEPT = 1000, 128
_DICTS = ("dict", "collections.OrderedDict")
_ASKS = ("get", "__contains__")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts of the program that keep a good part of the heap, and are filled where they are asked."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        is_dict = snapshot.type_of(own.node) in _DICTS and own.name.kind != "local"
        if is_dict and len(own.entries) >= _LEAST_ENTRIES and _is_memo(source, own):
            told = f"{len(own.entries)} entries of {own.name.text}: each new key stays, and nothing is taken out"
            yield of_records(
                snapshot, own.node, own.entries[:-_KEPT], CODE, TITLE, told=told,
                fix="functools.lru_cache(maxsize=...), or a key without what makes no difference",
            )  # fmt: skip


def _is_memo(source: ProgramSource, own: Own) -> bool:
    """Whether each function that fills it, with what a call gives, has asked it before, and nothing is taken out."""
    uses = own.uses
    if uses.takes or uses.escapes or uses.walks or not uses.asks or not uses.fills:
        return False
    functions = _functions(source)
    reads: dict[ast.AST | None, int] = {}
    for each in (*uses.asks, *uses.tests):
        scope = source.scope_of(each)
        reads[scope] = min(each.lineno, reads.get(scope, each.lineno))
    fills = [each for each in uses.fills if source.scope_of(each) in functions]
    return bool(fills) and all(
        reads.get(source.scope_of(each), each.lineno + 1) <= each.lineno
        and _is_computed(source, each)
        for each in fills
    )


def _functions(source: ProgramSource) -> set[ast.AST]:
    return {each for each in source.functions if each.name != "__init__"}


def _is_computed(source: ProgramSource, place: ast.expr) -> bool:
    """Whether `x[key] = value` stores what a call of the same function gives, under a key of its parameters."""
    entry = source.above(place)
    statement = source.above(entry) if isinstance(entry, ast.Subscript) else None
    if not isinstance(entry, ast.Subscript) or not isinstance(statement, ast.Assign):
        return False
    value: ast.AST = statement.value
    function = source.scope_of(place)
    if isinstance(value, ast.Name) and isinstance(function, FUNCTIONS):
        values = [
            each.value for each in ast.walk(function)
            if isinstance(each, ast.Assign) and any(last_name(target) == value.id for target in each.targets)
        ]  # fmt: skip
        return any(
            isinstance(each, ast.Call) and last_name(each.func) not in _ASKS for each in values
        )
    return isinstance(value, ast.Call) and last_name(value.func) not in _ASKS
