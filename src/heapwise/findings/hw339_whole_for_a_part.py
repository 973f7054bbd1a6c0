"""HW339: records keep whole objects for parts of them.

A result of a test keeps the test, and with it all that its `setUp` made, to ask for its name at the end; an entry of a
history is the response, with its body, for the status; a report keeps the job for its id. Nothing else keeps these
objects any more, and the source reads nothing of them but small parts.

What to do: keep these parts: `TestInfo(test.id(), ...)` instead of `TestInfo(test, ...)`. Costs: what is shown is what
it was when the record was made. Clean: objects that are handed on, compared, or kept by others as well; parts that are
most of them; programs that read attributes by names that the source does not tell (`getattr(x, name)`, `vars(x)`,
`pickle`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from heapwise import units
from heapwise.analyze.attribute_reads import shows_whole
from heapwise.analyze.collector_waits import without_waiting
from heapwise.analyze.freed import below, bytes_of
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.part_uses import (
    Parts,
    offered,
    parts_of_items_returned,
    parts_of_items_used,
    parts_used,
    read_by_method,
)
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.own_classes import (
    attributes_of_classes,
    class_names,
    fields_of,
    is_dataclass,
    is_own,
    own_names,
)
from heapwise.findings.own_containers import NATIVE_PACKAGES
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.roles import MOST_FIELDS, own_dicts, sampled
from heapwise.findings.unread_tables import tables_nobody_reads
from heapwise.findings.waste import holders_of, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import ATTRIBUTE, EDGE_KINDS, NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW339"
TITLE = "records keep whole objects for parts of them"
_LEAST_RECORDS, _LEAST_SHARE, _LEAST_BYTES = 16, 0.2, 512
_SAMPLE, _MOSTLY, _PART_BYTES, _DEPTH = 500, 0.8, 64, 2
_KEY, _INDEX, _LOCAL = (EDGE_KINDS.index(kind) for kind in ("key", "index", "local"))
_ENTRIES = frozenset(EDGE_KINDS.index(kind) for kind in ("key", "int key", "item"))
_LISTS = ("list", "collections.deque")
_SMALL = frozenset((
    "id", "done", "cancelled", "get_name", "getName", "name", "isoformat", "fileno", "shortDescription", "is_set",
    "is_alive", "__len__", "ngroups", "shape", "size", "ndim", "nbytes", "width", "height", "empty",
))  # fmt: skip
_LIVE = frozenset(
    ("asyncio", "_asyncio", "threading", "concurrent", "subprocess", "multiprocessing", "socket")
)
"""What works for as long as it is kept, is not kept for what it has."""


class _Role(NamedTuple):
    """owner: the row of the records' type. name: of their attribute, or key. kind: of the edge: an attribute's, a key's
    of dicts, or an index where the objects stand in lists that have this name."""

    owner: int
    name: int
    kind: int


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Attributes of many records whose objects nothing else keeps, and of which the source reads small parts. Native
    memory that goes with these is added later: how few bytes of Python's an image has says nothing."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained, types = snapshot.nodes("retained_bytes"), snapshot.nodes("type")
    native = {
        row for row, name in enumerate(snapshot.type_names)
        if name.partition(".")[0] in NATIVE_PACKAGES
    }  # fmt: skip
    for role, targets in _kept(snapshot).items():
        if len(targets) < _LEAST_RECORDS:
            continue
        is_native = types[targets[0]] in native
        if not is_native and sum(retained[node] for node in targets) < least:
            continue
        found = _finding(snapshot, program_source(snapshot), role, targets)
        if found is not None and (is_native or found.saving_bytes >= least):
            yield found


def at_end(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """The same of tables that a function has returned to a name which nothing reads: what is read of them is read
    there."""
    source = program_source(snapshot)
    if snapshot.is_of_peak or not source.is_known or source.reads_all:
        return
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    plain = snapshot.type_names.index("dict")
    above, retained = snapshot.nodes("dominator"), snapshot.nodes("retained_bytes")
    for table, name in tables_nobody_reads(snapshot, source):
        targets = [
            step.node for step in snapshot.steps_from(table)
            if above[step.node] == table and retained[step.node] >= _LEAST_BYTES
        ]  # fmt: skip
        if len(targets) < _LEAST_RECORDS or sum(retained[node] for node in targets) < least:
            continue
        parts = parts_of_items_returned(source, name)
        found = _found(snapshot, source, _Role(plain, 0, _INDEX), name.text, targets, parts)
        if found is not None and found.saving_bytes >= least:
            yield found


def _kept(snapshot: Snapshot) -> Mapping[_Role, list[int]]:
    """What one record alone keeps, by the kind of record and the name there; small ones left out."""
    parents, edges = snapshot.parents
    kinds, names = snapshot.edges("kind"), snapshot.edges("name")
    types, counts, above, retained = (
        snapshot.nodes(n) for n in ("type", "edges_count", "dominator", "retained_bytes")
    )
    is_own_dict, namespaces = own_dicts(snapshot), snapshot.namespaces

    def named(at: int, holder: int, kind: int) -> _Role | None:
        """The role by the edge that has the name, and who has the edge; None where it is no name of a record's."""
        if holder == NO_NODE or kinds[at] not in (ATTRIBUTE, _KEY, _LOCAL):
            return None
        if own := holder not in namespaces and is_own_dict(holder):
            kind, holder = (kind if kind == _INDEX else ATTRIBUTE), parents[holder]
        is_field = own or kinds[at] != _KEY or holder in namespaces or counts[holder] <= MOST_FIELDS
        return _Role(types[holder], names[at], kind) if is_field else None

    lists = {row for row, name in enumerate(snapshot.type_names) if name in _LISTS}
    found: dict[_Role, list[int]] = {}
    tables: dict[_Role, list[tuple[int, _Role]]] = {}
    for node, size in enumerate(retained):
        holder = parents[node]
        if size < _LEAST_BYTES or holder == NO_NODE or holder != above[node]:
            continue
        kind, at = kinds[edges[node]], edges[node]
        if kind == _INDEX and types[holder] in lists:
            role = named(edges[holder], parents[holder], _INDEX)
        elif (kind == ATTRIBUTE or kind in _ENTRIES) and holder not in namespaces:
            role = named(at, holder, kind)
            if kind != ATTRIBUTE and not is_own_dict(holder):
                table = named(edges[holder], parents[holder], _INDEX)
                if table is not None:
                    tables.setdefault(table, []).append((node, role or table))
        else:
            continue
        if role is not None:
            found.setdefault(role, []).append(node)
    # The keys of a table tell one entry from another: each is the only one of its name.
    for table, entries in tables.items():
        own = [node for node, role in entries if len(found.get(role, ())) < _LEAST_RECORDS]
        found.setdefault(table, []).extend(own)
    return found


def _finding(
    snapshot: Snapshot, source: ProgramSource, role: _Role, targets: Sequence[int]
) -> Finding | None:
    name = snapshot.text(role.name)
    owner = snapshot.type_names[role.owner]
    is_plain = owner in ("dict", "<frame>")
    if not is_plain and not (is_own(snapshot, source, role.owner) and name in source.stored):
        return None
    record = snapshot.nodes("dominator")[targets[len(targets) // 2]]
    if not is_plain and _is_shown(snapshot, source, role.owner, record):
        return None
    if role.kind == _INDEX:
        parts = parts_of_items_used(source, name)
    else:
        parts = parts_used(source, name, is_key=role.kind == _KEY)
    return _found(snapshot, source, role, name, targets, parts)


def _found(
    snapshot: Snapshot, source: ProgramSource, role: _Role, name: str, targets: Sequence[int], parts: Parts | None
) -> Finding | None:  # fmt: skip
    if parts is None or not (parts.names or parts.calls or parts.slices):
        return None
    owner, record = (
        snapshot.type_names[role.owner],
        snapshot.nodes("dominator")[targets[len(targets) // 2]],
    )
    is_plain = owner in ("dict", "<frame>")
    retained, refcounts = snapshot.nodes("retained_bytes"), snapshot.nodes("refcount")
    looked_at = sampled(targets, _SAMPLE)
    if parts.is_made_of and any(refcounts[node] > 1 for node in looked_at):
        return None  # what the constructor made of it may keep it, too
    whole = sum(retained[node] for node in looked_at)
    needs = _Needs(snapshot, source)
    kept = [needs.of(node, parts) for node in looked_at]
    kept_bytes = sum(each for each in kept if each is not None)
    if None in kept or kept_bytes > (1 - _MOSTLY) * whole:
        return None
    taken = bytes_of(snapshot, below(snapshot, targets))  # one may stand below another
    saving = round((1 - kept_bytes / whole) * taken)
    has = _names_of(snapshot, looked_at)
    read = sorted(
        {
            *(str(each) for each in parts.names if each in has or not has),
            *(f"{each}()" for each in parts.calls),
        }
    )
    read += [f"{each}[start:end]" for each in sorted(parts.slices)]
    kind, _ = Counter(snapshot.type_of(node) for node in targets).most_common(1)[0]
    at = f"[{name!r}]" if role.kind == _KEY else name if is_plain else f".{name}"
    holder = at if is_plain else f"{at} of {owner}"
    told = [
        f"{len(targets)} objects that only {holder} keeps take {units.size(taken)}, most a {kind}",
        f"of them the source reads {', '.join(read)} alone",
    ]
    found = structural(
        snapshot, record, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.6, subject=owner,
        fix=f"keep {', '.join(read)} in the record, and not the whole {kind.rpartition('.')[2]}",
        freed=Freed(roots=targets),
    )  # fmt: skip
    return without_waiting(found, snapshot, targets)


def _names_of(snapshot: Snapshot, nodes: Sequence[int]) -> frozenset[str | int]:
    """What can be read of some objects; nothing where that is not known."""
    types = snapshot.nodes("type")
    of_classes = [attributes_of_classes(snapshot, row) for row in {types[node] for node in nodes}]
    if None in of_classes:
        return frozenset()
    own = (fields_of(snapshot, node) for node in nodes)
    return frozenset().union(*own, *(each for each in of_classes if each is not None))


def _is_shown(snapshot: Snapshot, source: ProgramSource, row: int, record: int) -> bool:
    """Whether the program may show records of a type by a method that was made for all their fields."""
    own = own_names(source, class_names(snapshot, row))
    classes = [each for name in own for each in source.classes[name]]
    if snapshot.nodes("type")[record] != row:  # its `__dict__`, or a list
        parents, _ = snapshot.parents
        record = parents[record]
    names = {str(name) for name in fields_of(snapshot, record)}
    return any(map(is_dataclass, classes)) and shows_whole(source, names)


class _Needs:
    """What the parts of objects that a program reads take."""

    def __init__(self, snapshot: Snapshot, source: ProgramSource) -> None:
        self._snapshot, self._source = snapshot, source
        self._asked = attributes_named(source)
        self._read: dict[tuple[int, int, frozenset[str | int]], frozenset[str | int] | None] = {}
        self._of_lists: dict[str, Parts | None] = {}

    def of(self, node: int, parts: Parts, depth: int = _DEPTH) -> int | None:
        """Of one object; None where that is not known. Of lists among the parts, where the source takes items out one
        by one, the parts of the items."""
        fields = fields_of(self._snapshot, node)
        row = self._snapshot.nodes("type")[node]
        key = row, id(parts), frozenset(name for name, size in fields.items() if size)
        whole = self._snapshot.nodes("retained_bytes")[node]
        if key not in self._read:
            self._read[key] = self._names(row, fields, whole, parts)
        read = self._read[key]
        if read is None:
            return None
        size = _PART_BYTES * (len(parts.names) + len(parts.calls) + len(parts.slices))
        for name in read:
            own = fields.get(name, 0)
            of_items = self._of_items(node, name, depth) if own > whole // 4 and depth else None
            size += own if of_items is None else min(own, of_items)
        return size

    def _of_items(self, node: int, name: str | int, depth: int) -> int | None:
        """What is read of the items of a list that stands under a name."""
        snapshot = self._snapshot
        steps = (
            step for holder in holders_of(snapshot, node) for step in snapshot.steps_from(holder)
        )
        found = next((step.node for step in steps if step.name == name), None)
        if found is None or snapshot.type_of(found) not in _LISTS:
            return None
        text = str(name)
        if text not in self._of_lists:
            self._of_lists[text] = parts_of_items_used(self._source, text)
        parts, above = self._of_lists[text], snapshot.nodes("dominator")
        if parts is None:
            return None
        own = [step.node for step in snapshot.steps_from(found) if above[step.node] == found]
        sizes = [self.of(item, parts, depth - 1) for item in own]
        if None in sizes:
            return None
        shells = sum(snapshot.nodes("size_bytes")[item] for item in (found, *own))
        return shells + sum(each for each in sizes if each is not None)

    def _names(
        self, row: int, fields: Mapping[str | int, int], whole: int, parts: Parts
    ) -> frozenset[str | int] | None:
        """The fields that are read, by methods of the program as well."""
        source, classes = self._source, class_names(self._snapshot, row)
        own = own_names(source, classes)
        lives = any(each.partition(".")[0] in _LIVE for each in classes)
        if lives or read_by_method(source, own, "__del__") is not None:
            return None
        if any(fields.get(name, 0) > whole // 2 for name in offered(source, own, self._asked)):
            return None
        read: set[str | int] = set()
        others: set[str] = set()  # what code of a library reads, with all that it knows of
        for name in {*parts.names, *parts.calls}:
            of_method = read_by_method(source, own, str(name))
            if of_method is None and name == "__str__" and own:
                of_method = read_by_method(source, own, "__repr__")
                if of_method is None and any(
                    is_dataclass(e) for o in own for e in source.classes[o]
                ):
                    return None  # all fields are shown
            if of_method is not None:
                read |= of_method
                others |= {
                    each for each in of_method
                    if each not in fields and read_by_method(source, own, each) is None
                }  # fmt: skip
            elif name in fields:
                read.add(name)
            else:
                others.add(str(name))
        known = attributes_of_classes(self._snapshot, row) if others else None
        if known is not None:
            if "__getitem__" in known and any(
                isinstance(name, int) for name in parts.names - fields.keys()
            ):
                return None  # an item of what has no fields
            others &= known  # others are read of other objects
        if any(name not in _SMALL and not _is_of_type(name) for name in others):
            of_program = sum(size for name, size in fields.items() if name in source.stored)
            if not own or of_program < _MOSTLY * whole:
                return None
        return frozenset(read)


def _is_of_type(name: str) -> bool:
    return name.startswith("__") and name != "__str__"
