"""HW410: entries of a heap or a queue that later ones have superseded stay until their turn comes.

`heapq.heappush(self.by_expiry, (deadline, token, worker))` at each renewal, and on `heappop` a look into a table:
`if self.tokens.get(worker) == token`. What is no longer true is passed by when it comes first, and not before: with
far-off deadlines the heap has an entry for each renewal there ever was.

So does the queue of a cache in the order of use: `self.order.append(key)` at each hit, and `del
self.data[self.order.popleft()]` where the cache is full: a key stands in it once for each hit.

What to do: when the heap has twice as many entries as the table, keep those that are still true, and `heapq.heapify`.
Of a cache: an OrderedDict, `move_to_end(key)` at a hit, and `popitem(last=False)`. Costs: building the heap anew takes
time, now and then. Clean: heaps with few entries for one key; those whose entries are all acted on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW410"
TITLE = "entries that later ones have superseded"
_POPS = frozenset(("heappop", "heappushpop", "heapreplace"))
_LEAST_STALE = 0.5
_QUEUES, _ENTRIES = ("list", "collections.deque"), ("tuple", "list")
_FIRST = ("popleft", "pop")
_WHOLE = -1
"""The entry itself is the key."""
_COMPACT = "when it has twice as many entries as there are keys: keep what is still true, and heapq.heapify"
_ORDERED = "an OrderedDict: move_to_end(key) at a hit, popitem(last=False) where it is full"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Heaps of tuples and queues of keys that keep a good part of the heap, most of them of keys that have a later
    one."""
    source = program_source(snapshot)
    for own in own_containers(snapshot):
        if snapshot.type_of(own.node) not in _QUEUES:
            continue
        known = _key_and_fix(source, own)
        if known is None:
            continue
        at, fix = known
        entries = _items(snapshot, own.node)
        keys, count, stale = _superseded(snapshot, entries, at)
        if not count or count < _LEAST_STALE * len(entries):
            continue
        of_table = snapshot.nodes("size_bytes")[own.node] * count // len(entries)
        size = snapshot.retained_of(stale) + of_table
        told = (
            f"{len(entries)} entries of {own.name.text} are of {keys} keys: {count} have a later one, and keep "
            f"{units.size(size)}"
        )
        yield structural(
            snapshot, own.node, CODE, TITLE, saving_bytes=size, evidence=[told], confidence=0.7, fix=fix,
            freed=Freed(roots=tuple(dict.fromkeys(stale)), entirely=True),
        )  # fmt: skip


def _key_and_fix(source: ProgramSource, own: Own) -> tuple[int, str] | None:
    """(where the key stands in an entry, what to do); None where nothing tells that entries are superseded."""
    at = _key_asked_for(source, own)
    if at is not None:
        return at, _COMPACT
    return (_WHOLE, _ORDERED) if _evicts(source, own) else None


def _items(snapshot: Snapshot, node: int) -> list[int]:
    """What stands in a list or deque: the same object as often as it does."""
    return [step.node for step in snapshot.steps_from(node) if step.kind == "index"]


def _superseded(snapshot: Snapshot, entries: Sequence[int], at: int) -> tuple[int, int, list[int]]:
    """(number of keys, of entries that are not the last of their key, those that are no other's object). at: where the
    key stands in an entry."""
    # Which of equals stays does not matter here: they take the same.
    same = dict(snapshot.copies)
    last: dict[int, int] = {}
    stale: list[int] = []
    for entry in entries:
        key = _key(snapshot, entry, at)
        if key is None:
            continue
        key = same.get(key, key)
        if key in last:
            stale.append(last[key])
        last[key] = entry
    live = frozenset(last.values())  # the same object may have been put in again
    return len(last), len(stale), [entry for entry in stale if entry not in live]


def _key(snapshot: Snapshot, entry: int, at: int) -> int | None:
    if at == _WHOLE:
        return entry
    parts = _items(snapshot, entry) if snapshot.type_of(entry) in _ENTRIES else []
    return parts[at] if at < len(parts) else None


def _evicts(source: ProgramSource, own: Own) -> bool:
    """Whether all that is taken out of a queue are keys to drop: `del data[order.popleft()]`."""
    found = []
    for place in own.uses.takes:
        method = source.above(place)
        call = source.above(method) if method is not None else None
        if not isinstance(call, ast.Call) or getattr(method, "attr", "") not in _FIRST:
            return False
        entry = source.above(call)
        is_dropped = isinstance(entry, ast.Subscript) and isinstance(entry.ctx, ast.Del)
        is_popped = isinstance(entry, ast.Call) and last_name(entry.func) in ("pop", "discard")
        found.append(is_dropped or is_popped)
    return bool(found) and all(found) and not own.uses.walks


def _key_asked_for(source: ProgramSource, own: Own) -> int | None:
    """Where in an entry the key stands by which a table is asked when it is taken out, and the answer compared with
    another part of the entry: then an entry may be no longer true. None where nothing tells that."""
    for place in own.uses.takes:
        call = source.above(place)
        if not isinstance(call, ast.Call) or last_name(call.func) not in _POPS:
            continue
        bound = source.above(call)
        if isinstance(bound, ast.Assign) and len(bound.targets) == 1:
            for test in ast.walk(source.scope_of(bound)):
                at = (
                    _key_compared(test, bound.targets[0]) if isinstance(test, ast.Compare) else None
                )
                if at is not None:
                    return at
    return None


def _key_compared(test: ast.Compare, entry: ast.expr) -> int | None:
    """Where the key stands in an entry, of `table[key] == part`."""
    sides = [test.left, *test.comparators]
    asked = (_position(entry, key) for side in sides for key in _asked_for(side))
    key = next((each for each in asked if each is not None), None)
    parts = {_position(entry, side) for side in sides} - {None, key}
    return key if len(sides) == 2 and parts else None


def _asked_for(side: ast.expr) -> Iterator[ast.expr]:
    """`k` of `table.get(k)` and `table[k]`."""
    if isinstance(side, ast.Subscript):
        yield side.slice
    elif isinstance(side, ast.Call) and last_name(side.func) == "get" and side.args:
        yield side.args[0]


def _position(target: ast.expr, key: ast.expr) -> int | None:
    """Where a key stands in what was taken out: by its name in `when, key = ...`, or as `entry[1]`."""
    is_plain = isinstance(target, ast.Tuple) and not any(
        isinstance(n, ast.Starred) for n in target.elts
    )
    if is_plain and isinstance(target, ast.Tuple) and isinstance(key, ast.Name):
        names = [getattr(each, "id", "") for each in target.elts]
        return names.index(key.id) if key.id in names else None
    if (
        isinstance(target, ast.Name) and isinstance(key, ast.Subscript) and isinstance(key.slice, ast.Constant)
        and getattr(key.value, "id", "") == target.id and isinstance(key.slice.value, int)
    ):  # fmt: skip
        return key.slice.value
    return None
