"""HW336: records are kept whole, and a part is read.

`json.loads` gives all that the other side sent. Where thousands of such records are kept, and the program reads some
keys of them by name and others never, most of the memory may be what nobody asks for. So it is with an attribute that
each instance of a class is given, and with the large column of a table that an ORM loads with each row.

What to do: keep what is read: a class with slots of these fields, made as each record is parsed; no attribute that
nobody reads. Columns: `deferred=True`, `load_only()` or `defer()` in SQLAlchemy, `defer()` or `only()` in Django; a row
that is asked for alone still has it, with a query more. Costs: what was left out must be read again, if it is asked for
after all. Clean: records whose keys are read; programs that hand records on whole (`json.dumps(record)`, `f(**record)`,
`vars(x)`, `pickle`, a template, a DataFrame of them).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.read_keys import keys_read_of
from heapwise.findings.place import structural
from heapwise.findings.roles import dicts_of_classes, lines_of_sites, sampled
from heapwise.findings.unread_attributes import TITLE, unread_attributes
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW336"
_LEAST_RECORDS, _MOST_KEYS, _SAMPLE, _SHOWN = 1000, 128, 2000, 6
_LEAST_SHARE, _LEAST_UNREAD = 0.1, 0.4
_OBJECT_BYTES, _SLOT_BYTES = 32, 8


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Dicts of like keys, and instances, of which the program's files read a part."""
    source = program_source(snapshot)
    yield from _of_dicts(snapshot, source)
    yield from unread_attributes(snapshot, source)


def _of_dicts(snapshot: Snapshot, source: ProgramSource) -> Iterator[Finding]:
    reads = [keys_read_of(tree) for tree in source.trees]
    if not source.is_known or any(each.whole for each in reads):
        return
    read = set().union(*(each.names for each in reads))
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for records in _alike(snapshot):
        found = _unread(snapshot, records, read)
        taken = sum(snapshot.nodes("retained_bytes")[node] for node in records)
        unread_bytes = sum(found.unread.values())
        if found.read_count and unread_bytes >= max(least, _LEAST_UNREAD * taken):
            yield _finding(snapshot, records, found)


class _Found(NamedTuple):
    """read_count: how many of the keys are read. unread: key that never is -> what its values take in all records.
    saving_bytes: what all records take more than objects with slots for what is read."""

    read_count: int
    unread: Mapping[str, float]
    saving_bytes: float


def _alike(snapshot: Snapshot) -> Iterator[Sequence[int]]:
    """Dicts with the same keys that one line made, where they are many."""
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    first, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    names = snapshot.edges("name")
    is_of_class = dicts_of_classes(snapshot)
    groups: dict[tuple[int, bytes], list[int]] = {}
    for node in snapshot.of_type_exactly("dict"):
        line = lines.get(sites[node])
        if line is not None and 2 <= counts[node] <= _MOST_KEYS and not is_of_class(node):
            keys = bytes(names[first[node] : first[node] + counts[node]])
            groups.setdefault((line, keys), []).append(node)
    yield from (group for group in groups.values() if len(group) >= _LEAST_RECORDS)


def _unread(snapshot: Snapshot, records: Sequence[int], read: set[str]) -> _Found:
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    looked_at = sampled(records, _SAMPLE)
    scale = len(records) / len(looked_at)
    unread: dict[str, float] = {}
    keys: set[str] = set()
    saving = 0.0
    for record in looked_at:
        kept = 0
        for step in snapshot.steps_from(record):
            name = str(step.name)
            own = retained[step.node] if above[step.node] == record else 0
            if step.kind == "key" and name in read:
                keys.add(name)
                kept += own
            elif step.kind == "key":
                unread[name] = unread.get(name, 0.0) + scale * own
        saving += scale * (retained[record] - kept)
    slots_bytes = block_bytes(_OBJECT_BYTES + _SLOT_BYTES * len(keys))
    return _Found(len(keys), unread, saving - slots_bytes * len(records))


def _finding(snapshot: Snapshot, records: Sequence[int], found: _Found) -> Finding:
    unread = found.unread
    most = sorted(unread, key=lambda name: -unread[name])[:_SHOWN]
    told = ", ".join(f"{name!r} ({units.size(round(unread[name]))})" for name in most)
    middle = records[len(records) // 2]
    return structural(
        snapshot, middle, CODE, TITLE, saving_bytes=round(found.saving_bytes), confidence=0.5,
        evidence=[f"of {len(records)} records alike no file of the program reads {told}"],
        fix="keep what is read: a class with slots of these fields",
        freed=Freed(roots=records),
    )  # fmt: skip
