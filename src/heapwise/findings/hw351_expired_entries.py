"""HW351: entries of a cache that have expired stay until somebody asks for their keys.

`get` looks at the time of an entry, and deletes it when that is past, or gives it back only while it is young; a
limiter drops the old ones of a client's hits when the client comes again. An entry whose key is never asked for again
is never looked at: with ever new keys (sessions, tokens, addresses) the table grows for good, though all in it is
stale.

What to do: clear away at times what has expired (the entries stand in the order of their times: look at the first ones
at each `put`), bound the number as well, or `cachetools.TTLCache(maxsize, ttl)`. Costs: a look at the oldest entries at
each `put`. Clean: tables that are gone through, measured, emptied, or from which other code takes out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW351"
TITLE = "expired entries stay until they are asked for"
_TABLES = ("dict", "collections.OrderedDict", "collections.defaultdict")
_TIME = re.compile(
    r"expir|ttl|deadline|stamp|created|_at$|^now$|time|age$|valid|until|stale|fresh|clock"
)
_MANY = 500
"""Entries that nothing takes out, whatever their age: of few, each may be asked for again and again."""
_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Tables that keep a good part of the heap, and lose an entry only where its own key is asked for."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        if snapshot.type_of(own.node) in _TABLES and _only_when_asked(source, own):
            size = snapshot.nodes("retained_bytes")[own.node]
            told = f"{len(own.entries)} entries of {own.name.text} keep {units.size(size)}, however old they are"
            yield structural(
                snapshot, own.node, CODE, TITLE, saving_bytes=size, evidence=[told], confidence=0.6,
                fix="clear away at each put what has expired, or cachetools.TTLCache(maxsize, ttl)",
                freed=Freed(roots=(own.node,)),
            )  # fmt: skip


def _only_when_asked(source: ProgramSource, own: Own) -> bool:
    uses = own.uses
    if not uses.fills or uses.walks or uses.escapes:
        return False
    if not uses.takes and not any(_is_sifted(source, each) for each in uses.asks):
        return len(own.entries) >= _MANY and any(
            _is_asked_for_age(source, each) for each in uses.asks
        )
    return all(_is_by_age(source, each) for each in uses.takes) and not any(
        _is_measured(source, each) for each in uses.tests
    )


def _is_sifted(source: ProgramSource, place: ast.expr) -> bool:
    """Whether an entry is gone through for what is young enough: `[t for t in x[k] if t > now - window]`."""
    entry = source.above(place)
    if isinstance(entry, ast.Attribute):
        entry = source.above(entry)
    above = source.above(entry) if entry is not None else None
    if not isinstance(above, ast.comprehension) or above.iter is not entry:
        return False
    return any(_compares_times(test) for test in above.ifs)


def _is_asked_for_age(source: ProgramSource, place: ast.expr) -> bool:
    """Whether what stands under a key is given back where it is young enough: `hit = x.get(k)`, and a test of its
    time."""
    entry = source.above(place)
    if isinstance(entry, ast.Attribute):
        entry = source.above(entry)
    bound = source.above(entry) if entry is not None else None
    if not isinstance(bound, (ast.Assign, ast.NamedExpr)):
        return False
    targets = bound.targets if isinstance(bound, ast.Assign) else [bound.target]
    names = {
        each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
    }
    tests = (
        each.test
        for each in ast.walk(source.scope_of(bound))
        if isinstance(each, (ast.If, ast.IfExp))
    )
    return any(
        _compares_times(test) and any(isinstance(n, ast.Name) and n.id in names for n in ast.walk(test))
        for test in tests
    )  # fmt: skip


def _is_by_age(source: ProgramSource, place: ast.expr) -> bool:
    """Whether it takes out the entry of a parameter, in a test of a time."""
    node: ast.AST = place
    key = _key(source, place)
    by_age = False
    while (above := source.above(node)) is not None and not isinstance(above, FUNCTIONS):
        if isinstance(above, (ast.For, ast.While)):
            return False
        by_age |= isinstance(above, ast.If) and _compares_times(above.test)
        node = above
    if not isinstance(above, FUNCTIONS) or not isinstance(key, ast.Name):
        return False
    return by_age and key.id in {each.arg for each in (*above.args.posonlyargs, *above.args.args)}


def _key(source: ProgramSource, place: ast.expr) -> ast.expr | None:
    """`k` of `del x[k]` and `x.pop(k)`."""
    above = source.above(place)
    if isinstance(above, ast.Subscript):
        return above.slice
    call = source.above(above) if above is not None else None
    return call.args[0] if isinstance(call, ast.Call) and call.args else None


def _compares_times(test: ast.expr) -> bool:
    return any(
        isinstance(each, ast.Compare)
        and isinstance(each.ops[0], _ORDERED)
        and any(_TIME.search(_word(part).lower()) for part in ast.walk(each))
        for each in ast.walk(test)
    )


def _word(node: ast.AST) -> str:
    """What a name, an attribute or a key is called."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return str(getattr(node, "id", getattr(node, "attr", "")))


def _is_measured(source: ProgramSource, place: ast.expr) -> bool:
    """Whether `len` of it is compared: it has a bound."""
    above = source.above(place)
    around = source.above(above) if isinstance(above, ast.Call) else None
    return isinstance(around, ast.Compare)
