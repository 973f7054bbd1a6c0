"""Containers of many objects of a kind, each alone in it or in a record of its own."""

from __future__ import annotations

from collections.abc import Sequence, Set

from heapwise.analyze.program_source import ProgramSource
from heapwise.findings.own_classes import class_names, is_own
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

_DEEPEST = 3


def by_holder(snapshot: Snapshot, nodes: Set[int], *, least: int) -> dict[int, list[int]]:
    """Container -> the objects in it that are of these, or alone keep one: the nearest container of so many."""
    above = snapshot.nodes("dominator")
    found: dict[int, list[int]] = {}
    for depth in range(_DEEPEST):
        groups: dict[int, dict[int, list[int]]] = {}
        for node in sorted(nodes):
            record, holder = node, above[node]
            for _ in range(depth):
                record, holder = holder, above[holder] if holder < len(snapshot) else holder
            if holder < len(snapshot) and snapshot.type_of(holder)[0] != "<":
                groups.setdefault(holder, {}).setdefault(record, []).append(node)
        for holder, records in groups.items():
            if len(records) >= least:
                found[holder] = list(records)
                nodes = nodes - set().union(*records.values())
    return found


def of_records(
    snapshot: Snapshot,
    holder: int,
    records: Sequence[int],
    code: str,
    title: str,
    *,
    told: str,
    fix: str,
) -> Finding:
    """A finding on records in a container, all of which could go."""
    return structural(
        snapshot, holder, code, title, saving_bytes=snapshot.retained_of(records),
        fix=fix, evidence=[told], freed=Freed(roots=records),
    )  # fmt: skip


def own_records(
    snapshot: Snapshot, source: ProgramSource, entries: Sequence[int]
) -> list[tuple[int, int]]:
    """(entry, object of a class of the program's in it): itself, or in a tuple, `(when, number, job)`."""
    types = snapshot.nodes("type")
    known: dict[int, bool] = {}
    found = []
    for entry in entries:
        inside = [entry]
        if snapshot.type_of(entry) in ("tuple", "list"):
            inside += [step.node for step in snapshot.steps_from(entry)][:_DEEPEST]
        for node in inside:
            row = types[node]
            if row not in known:
                known[row] = is_own(snapshot, source, row) and bool(class_names(snapshot, row))
            if known[row]:
                found.append((entry, node))
                break
    return found
