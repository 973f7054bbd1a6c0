"""HW409: what has been seen once is remembered for ever.

`if message_id in self.seen: return`, then `self.seen.add(message_id)`: what drops a message that comes twice keeps the
identifier of each one that ever came, though one that is sent again comes soon.

What to do: remember as long as it can come again: the last 100,000 in an `OrderedDict` with `popitem(last=False)`, or
two sets of which the older one is dropped each hour; a unique index where it is stored anyway. Costs: what comes again
later than that is taken for new. Clean: sets of what a walk or a loop has visited, which are done with it; those of
which something is taken out, or read; a small part of the heap.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW409"
TITLE = "what has been seen is remembered for ever"
_LEAST_SHARE, _LEAST_BYTES, _LEAST_ENTRIES = 0.4, 12 << 20, 50_000
_PLAIN = frozenset(("str", "bytes", "int", "tuple", "uuid.UUID"))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Sets under an attribute that make up most of the heap, and of which one asks alone whether something is there."""
    least = max(_LEAST_BYTES, _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained = snapshot.nodes("retained_bytes")
    for own in own_containers(snapshot):
        is_large = retained[own.node] >= least and len(own.entries) >= _LEAST_ENTRIES
        if is_large and snapshot.type_of(own.node) == "set" and _only_remembers(snapshot, own):
            size = retained[own.node]
            told = (
                f"{own.name.text} has {len(own.entries)} entries, with {units.size(size)}; "
                "the program asks whether one is there, and takes none out"
            )
            yield structural(
                snapshot, own.node, CODE, TITLE, saving_bytes=size, evidence=[told], confidence=0.4,
                fix="remember the last ones: an OrderedDict, popitem(last=False) beyond 100_000; or two sets by time",
                freed=Freed(roots=(own.node,), entirely=True),
            )  # fmt: skip


def _only_remembers(snapshot: Snapshot, own: Own) -> bool:
    """Whether functions that are called for one thing each ask if it is there and put it in; nothing else is done."""
    source, uses = program_source(snapshot), own.uses
    if not source.is_known or own.name.kind != "attribute":
        return False
    if uses.takes or uses.walks or uses.asks or uses.escapes or not uses.fills:
        return False
    if snapshot.type_of(own.entries[0]) not in _PLAIN:
        return False
    asked = {source.scope_of(place) for place in uses.tests if _asks_if_there(source, place)}
    return all(
        isinstance(source.scope_of(place), FUNCTIONS) and source.scope_of(place) in asked
        and not source.is_in_loop(place) for place in uses.fills
    )  # fmt: skip


def _asks_if_there(source: ProgramSource, place: ast.expr) -> bool:
    above = source.above(place)
    operators = above.ops if isinstance(above, ast.Compare) else []
    return any(isinstance(each, (ast.In, ast.NotIn)) for each in operators)
