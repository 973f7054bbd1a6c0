"""Containers that the program itself names and that keep a good part of the heap, with what its source does to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.analyze.container_uses import Uses, uses_of
from heapwise.analyze.kept_at import Name, own_name
from heapwise.analyze.program_source import program_source
from heapwise.analyze.remembered import remembered
from heapwise.findings.roles import by_role
from heapwise.findings.unread_tables import tables_nobody_reads
from heapwise.findings.waste import worth_bytes
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

_KINDS = (
    "dict", "list", "set", "collections.deque", "collections.OrderedDict", "collections.defaultdict",
)  # fmt: skip
_BESIDES = frozenset(EDGE_KINDS.index(kind) for kind in ("key object", "type", "internal"))
_LEAST_SHARE, _LEAST_ENTRIES, _MOST = 0.2, 16, 20
_LEAST_NATIVE = 4
NATIVE_PACKAGES = frozenset((
    "PIL", "sklearn", "torch", "xgboost", "lightgbm", "catboost", "cv2", "tensorflow", "faiss", "spacy",
))  # fmt: skip
"""Packages whose objects have their data in native memory, of which the heap shows little."""


class Own(NamedTuple):
    """A container. name: that of the program which leads straight to it. entries: what stands in it, keys left out.
    containers_count: of those that are taken together."""

    node: int
    name: Name
    uses: Uses
    entries: list[int]
    containers_count: int = 1


@remembered
def own_containers(snapshot: Snapshot) -> list[Own]:
    """Attributes, globals and locals of the program that keep a fifth of the heap in 16 entries or more."""
    return list(_found(snapshot))


def own_groups(snapshot: Snapshot) -> Iterator[Own]:
    """The same of what many instances have under one name, taken together: the largest, with the entries of all."""
    retained = snapshot.nodes("retained_bytes")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for role, nodes in by_role(snapshot, _KINDS).items():
        if role.name >= 0 and len(nodes) > 1 and sum(retained[node] for node in nodes) >= least:
            yield from _own(snapshot, sorted(nodes, key=lambda each: -retained[each]))


def native_containers(snapshot: Snapshot) -> Iterator[Own]:
    """Attributes of the program with a few entries or more, each of which leads to an object of a library that has its
    data in native memory: however little they keep of the heap."""
    counts = snapshot.nodes("edges_count")
    packages = {name.partition(".")[0] for name in snapshot.type_names}
    for kind in _KINDS if packages & NATIVE_PACKAGES else ():
        for node in snapshot.of_type_exactly(kind):
            if counts[node] < _LEAST_NATIVE or node in snapshot.namespaces:
                continue
            [first, *_] = entries_of(snapshot, node) or [node]
            if _leads_to_native(snapshot, first):
                yield from _own(snapshot, [node], least_entries=_LEAST_NATIVE)


def _leads_to_native(snapshot: Snapshot, entry: int) -> bool:
    """Whether an entry is such an object, or a small container or an instance that has one."""
    near = [entry, *(step.node for step in snapshot.first_steps(entry, _LEAST_ENTRIES))]
    return any(snapshot.type_of(node).partition(".")[0] in NATIVE_PACKAGES for node in near)


def entries_of(snapshot: Snapshot, node: int) -> list[int]:
    """What stands in a container: items, or values."""
    first, count = snapshot.nodes("first_edge")[node], snapshot.nodes("edges_count")[node]
    targets, kinds = (snapshot.edges(name)[first : first + count] for name in ("target", "kind"))
    found = (target for target, kind in zip(targets, kinds, strict=True) if kind not in _BESIDES)
    return list(dict.fromkeys(found))  # an OrderedDict leads to each twice


def _found(snapshot: Snapshot) -> Iterator[Own]:
    retained, counts = snapshot.nodes("retained_bytes"), snapshot.nodes("edges_count")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    heavy = [
        node for kind in _KINDS for node in snapshot.of_type_exactly(kind)
        if retained[node] >= least and counts[node] >= _LEAST_ENTRIES and node not in snapshot.namespaces
    ]  # fmt: skip
    source = program_source(snapshot)
    returned = dict(tables_nobody_reads(snapshot, source)) if not snapshot.is_of_peak else {}
    for node in sorted(heavy, key=lambda each: -retained[each])[:_MOST]:
        yield from _own(snapshot, [node], returned.get(node))


def _own(
    snapshot: Snapshot,
    nodes: Sequence[int],
    returned: Name | None = None,
    least_entries: int = _LEAST_ENTRIES,
) -> Iterator[Own]:
    """Containers under one name, as one, by the first; nothing where the program has no name for it, or does not fill
    it. returned: the local name of one that was returned, to where nobody asks for it."""
    name = returned or own_name(snapshot, nodes[0])
    entries = [entry for node in nodes for entry in entries_of(snapshot, node)]
    if name is not None and len(entries) >= least_entries:
        source = program_source(snapshot)
        uses = uses_of(source, name)
        if returned is not None:
            uses.escapes = [
                each for each in uses.escapes if not source.is_returned(each, name.owner)
            ]
        if uses.fills or uses.takes:
            yield Own(nodes[0], name, uses, entries, len(nodes))
