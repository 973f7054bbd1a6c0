"""HW338: objects live only because a callback of theirs is registered.

A bound method keeps its object, with all that the object holds; a closure what it has captured. Where a registry is all
that still refers to them, they were forgotten by the program, and are called at each event nevertheless.

What to do: hold callbacks weakly (`weakref.WeakMethod`) and drop dead ones, or unsubscribe when the owner is done.
Costs: who listens must be kept by somebody else. Clean: registries whose objects live elsewhere too; those that keep a
small part of the heap; functions that wait in a queue or a local list, are taken out to be called, or whose results are
used; closures over plain data, which have no other home.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.registry_uses import work_for_the_program
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW338"
TITLE = "objects kept by a registered callback alone"
_CALLABLES = ("method", "functools.partial", "function")
_REGISTRIES = (
    "list", "set", "dict", "collections.deque", "collections.OrderedDict", "collections.defaultdict", "tuple",
)  # fmt: skip
_ENTRIES = ("tuple", "list", "set", "dict")
"""What a registry keeps callbacks in, with what they are called for."""
_MOST_IN_ENTRY = 8
_TO_RUN = (
    "queue.",
    "_queue.",
    "asyncio.queues.",
    "asyncio.unix_events.",
    "multiprocessing.",
    "contextlib.",
)
"""Modules of queues, and of stacks of what is still to be closed: HW335 and HW337 know them."""
_LEAST_CALLBACKS, _MOSTLY, _LEAST_SHARE = 16, 0.8, 0.2
_MOST_REGISTRIES = 1000
_DATA = frozenset(
    ("numpy", "pandas", "torch", "polars", "pyarrow", "scipy", "array", "collections", "PIL")
)
"""Modules whose objects are data, as those of builtin types are."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of callables that keep a good part of the heap."""
    sizes = snapshot.nodes("size_bytes")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    told_of: set[int] = set()
    for registry, calls, entries in _registries(snapshot):
        if not told_of.isdisjoint((registry, *entries)):
            continue
        owners = {owner for call in calls for owner in _owners(snapshot, call)}
        if len(owners) < _LEAST_CALLBACKS:
            continue
        # While an event is dealt with, a copy of the registry may be gone through.
        kept = {*calls, *entries}
        saving = (
            snapshot.retained_of([registry, *kept])
            - sizes[registry]
            - sum(sizes[node] for node in kept)
        )
        if saving >= least and not work_for_the_program(snapshot, registry):
            told_of.update((registry, *entries))
            kinds = Counter(snapshot.type_of(owner) for owner in owners)
            named = ", ".join(f"{count} {name}" for name, count in kinds.most_common(2))
            told = f"{len(calls)} callbacks keep {named}, with {units.size(saving)}; nothing else refers to that"
            yield structural(
                snapshot, calls[len(calls) // 2], CODE, TITLE, saving_bytes=saving, evidence=[told],
                confidence=0.6, freed=Freed(roots=(registry, *kept, *owners), entirely=True),
                fix="weakref.WeakMethod(callback), dead ones dropped; or unsubscribe when the owner is done",
            )  # fmt: skip


def _registries(snapshot: Snapshot) -> Iterator[tuple[int, list[int], list[int]]]:
    """(container, its callables, what it keeps them in) of those that hold little else, the fullest first."""
    parents, _ = snapshot.parents
    inside: Counter[int] = Counter()
    for kind in _CALLABLES:
        for node in snapshot.of_type_exactly(kind):
            above = parents[node]
            inside[above] += 1
            if (
                above != NO_NODE
                and snapshot.type_of(above) in _ENTRIES
                and above not in snapshot.namespaces
            ):
                inside[parents[above]] += 1
    for registry, count in inside.most_common(_MOST_REGISTRIES):
        if count < _LEAST_CALLBACKS or registry == NO_NODE or registry in snapshot.namespaces:
            continue
        if snapshot.type_of(registry) in _REGISTRIES and not _is_to_run(snapshot, registry):
            found = [_calls_in(snapshot, each) for each in _items(snapshot, registry)]
            calls = [call for each, _ in found for call in each]
            of_calls = sum(bool(each) for each, _ in found)
            if len(calls) >= _LEAST_CALLBACKS and of_calls >= _MOSTLY * len(found):
                yield registry, calls, [entry for _, entry in found if entry is not None]


def _items(snapshot: Snapshot, node: int) -> Sequence[int]:
    return [s.node for s in snapshot.steps_from(node) if s.kind not in ("key object", "type")]


def _calls_in(snapshot: Snapshot, item: int) -> tuple[Sequence[int], int | None]:
    """(callables, what keeps them) of an item: itself, or what stands with a few other things in an entry."""
    kind = snapshot.type_of(item)
    if kind in _CALLABLES:
        return [item], None
    if kind not in _ENTRIES:
        return [], None
    is_small = snapshot.nodes("edges_count")[item] <= 2 * _MOST_IN_ENTRY
    items = _items(snapshot, item) if is_small or _begins_with_calls(snapshot, item) else ()
    calls = [each for each in items if snapshot.type_of(each) in _CALLABLES]
    is_of_calls = is_small or len(calls) >= _MOSTLY * len(items)
    return (calls, item) if is_of_calls else ([], None)


def _begins_with_calls(snapshot: Snapshot, item: int) -> bool:
    """Whether a container is a registry itself: those who listen to one of several events."""
    steps = snapshot.first_steps(item, _MOST_IN_ENTRY)
    return all(snapshot.type_of(step.node) in (*_CALLABLES, "str", "int") for step in steps)


def _is_to_run(snapshot: Snapshot, registry: int) -> bool:
    """Whether what is there waits to be worked on: then it goes by itself."""
    above = snapshot.parents[0][registry]
    return above != NO_NODE and snapshot.type_of(above).startswith(_TO_RUN)


def _owners(snapshot: Snapshot, call: int) -> Iterator[int]:
    """The objects that a callable keeps: whose method it is, what it has captured, what a partial is given."""
    for step in snapshot.steps_from(call):
        kind = snapshot.type_of(step.node)
        if step.name in ("__self__", "cell_contents") and _is_object(kind):
            yield step.node
        elif step.name == "__closure__" or kind in ("method", "cell"):
            yield from _owners(snapshot, step.node)


def _is_object(kind: str) -> bool:
    """Whether things of a kind may be told of something: no plain data, of which a closure is the only home."""
    module, _, _ = kind.rpartition(".")
    return bool(module) and module.partition(".")[0] not in _DATA
