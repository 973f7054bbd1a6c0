"""HW304: records are dicts with the same keys.

Each dict has a table of its own: 184 bytes for up to five keys, 272 for up to ten. The keys are the same in all of
them; where records were decoded one by one (`json.loads` of each line), even the texts of the keys are there anew in
each.

What to do: `@dataclass(slots=True)` or `msgspec.Struct` for each record; or one table (columns, NumPy, Arrow) for all.
Costs: keys are fixed. Clean: dicts with keys of their own, few records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from heapwise.analyze.being_copied import being_copied
from heapwise.findings.own_classes import are_made_by_holders, is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, commonest, held_by, own_keys, sampled
from heapwise.findings.waste import block_bytes, mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW304"
TITLE = "records as dicts with the same keys"
_LEAST_IN_ONE, _SAMPLE, _HEAD_BYTES = 20, 20, 32
_HOLDERS = ("list", "tuple", "dict", "collections.deque")
_LEAST_SHARE = 0.95
_MOST_FIELDS_OF_A_CLASS = 32


@dataclass(slots=True)
class _Records:
    """Dicts with one set of keys. node: the container that holds most of them, or one of them; most: how many. keys:
    texts of keys that a record alone keeps."""

    node: int = 0
    most: int = 0
    rows: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts in lists, tuples and dicts, and in one attribute of many objects, by the keys."""
    least = worth_bytes(snapshot)
    sizes = snapshot.nodes("size_bytes")
    for names, found in _groups(snapshot).items():
        # A record of one key is its value.
        then = block_bytes(_HEAD_BYTES + 8 * len(names)) if len(names) > 1 else 0
        keys_bytes = sum(sizes[key] for key in found.keys)
        now_bytes = sum(sizes[row] for row in found.rows) + keys_bytes
        count = len(found.rows)
        saving = now_bytes - then * count
        if saving < least or are_made_by_holders(snapshot, found.rows):
            continue
        told = [
            f"{count} dicts of {len(names)} key{'s' * (len(names) > 1)} take {now_bytes / count:.0f} bytes each, "
            + (f"{then} as objects with slots" if then else "nothing where the value itself is kept"),
            *([f"{keys_bytes} bytes of these are texts of keys, each record's own"] if keys_bytes else []),
        ]  # fmt: skip
        yield structural(
            snapshot, found.node, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.8,
            fix=f"@dataclass(slots=True) class Row: {', '.join(sorted(names)[:6])}; or one table for all"
            if then else f"keep what {next(iter(names))!r} stands for, without the dict",
            freed=Freed(nodes=[*found.rows, *found.keys]),
            recipe=Recipe(
                "records", "slots", count, now_bytes,
                {"names": sorted(names), "kinds": _kinds(snapshot, found.rows[-1])},
            ) if then else None,
        )  # fmt: skip


def _groups(snapshot: Snapshot) -> dict[frozenset[str], _Records]:
    counts = snapshot.nodes("edges_count")
    groups: dict[frozenset[str], _Records] = {}
    passing = being_copied(snapshot)
    taken = set(passing)
    for kind in _HOLDERS:
        for node in snapshot.of_type_exactly(kind):
            if (
                counts[node] >= _LEAST_IN_ONE
                and node not in snapshot.namespaces
                and node not in passing
            ):
                rows = _rows(snapshot, node)
                if len(rows) >= _LEAST_IN_ONE:
                    _add(snapshot, groups, rows, node, taken)
    for role, rows in by_role(snapshot, ("dict",)).items():
        of_library = is_of_library(snapshot, snapshot.type_names[role.owner])
        if role.name >= 0 and len(rows) >= _LEAST_IN_ONE and not of_library:
            _add(snapshot, groups, rows, rows[len(rows) // 2], taken)
    return groups


def _rows(snapshot: Snapshot, node: int) -> list[int]:
    """The dicts that a container holds."""
    # A few tell what the rest will be.
    steps = snapshot.first_steps(node, _SAMPLE)
    if not any(snapshot.type_of(step.node) == "dict" for step in steps):
        return []
    types, dicts = snapshot.nodes("type"), snapshot.type_rows("dict")
    return [each for each in held_by(snapshot, node) if types[each] in dicts]


def _add(
    snapshot: Snapshot,
    groups: dict[frozenset[str], _Records],
    rows: Sequence[int],
    node: int,
    taken: set[int],
) -> None:
    """Takes dicts up, each once, where nearly all have the same keys."""
    sample = sampled(rows, _SAMPLE)
    names, share = commonest(_names(snapshot, row) for row in sample)
    if not names or share < _LEAST_SHARE or _are_objects_by_key(snapshot, names, sample[0]):
        return
    fresh = [row for row in dict.fromkeys(rows) if row not in taken]
    taken.update(fresh)
    found = groups.setdefault(names, _Records())
    found.rows += fresh
    if mean(len(own_keys(snapshot, row)) for row in sample) >= _LEAST_SHARE * len(names):
        found.keys += [key for row in fresh for key in own_keys(snapshot, row)]
    if len(rows) > found.most:
        found.node, found.most = node, len(rows)


def _names(snapshot: Snapshot, row: int) -> frozenset[str]:
    return frozenset(str(step.name) for step in snapshot.steps_from(row) if step.kind == "key")


def _are_objects_by_key(snapshot: Snapshot, names: frozenset[str], row: int) -> bool:
    """Whether a dict has so many objects of one class that its keys are no fields: the dishes of a menu."""
    kinds = set(_kinds(snapshot, row)) if len(names) > _MOST_FIELDS_OF_A_CLASS else set()
    return len(kinds) == 1 and "." in next(iter(kinds))


def _kinds(snapshot: Snapshot, row: int) -> list[str]:
    """The type of each value, by the names of the keys."""
    steps = (step for step in snapshot.steps_from(row) if step.kind == "key")
    pairs = ((str(step.name), snapshot.type_of(step.node)) for step in steps)
    return [kind for _, kind in sorted(pairs)]
