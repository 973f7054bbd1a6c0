"""HW301: many instances whose class has no slots.

Each instance of a plain class carries room for a dict: values beside or within it, and a dict of its own once
somebody asked for it (`vars()`, `copy`, pickle: 64 bytes and more, for life). From 30 attributes on, keys are not
shared any more, and each instance has a whole dict.

What to do: `@dataclass(slots=True)`, `__slots__ = (...)` (tried by `--prove`, where every attribute is plain to see), a
`NamedTuple`, or `msgspec.Struct`. Costs: no attributes beyond those named; `cached_property` and weak references need
`__dict__` and `__weakref__` in the slots. A class with slots has a dict all the same where one of its bases has no
`__slots__`: give it `__slots__ = ()`. Clean: classes with slots, and classes of few instances.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Iterator, Sequence

from heapwise.findings.own_classes import can_be_changed, derives_from_library, is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import commonest
from heapwise.findings.waste import block_bytes, holders_of, instances_of, mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW301"
TITLE = "instances without slots"
_LEAST_COUNT, _SAMPLE, _FIRST = 200, 1000, 20
_BUILTIN = frozenset(
    each.__name__ for module in (builtins, types) for each in vars(module).values() if isinstance(each, type)
)  # fmt: skip
"""Nobody can give these slots. What `exec` made may have a name without a module as well."""
_HEAD_BYTES, _WEAKREF_BYTES, _UNDONE_BYTES = 32, 16, 16
"""Of slots that a base undoes at least: pointers to a dict and to weak references, as the allocator rounds them."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes of many instances with one set of attributes."""
    least = worth_bytes(snapshot)
    for row in snapshot.types:
        if row.objects_count < _LEAST_COUNT or row.retained_bytes < least:
            continue
        if row.type in _BUILTIN or is_of_library(snapshot, row.type):
            continue
        found = _of_class(snapshot, row.type, row.objects_count)
        if found is not None and found.saving_bytes >= least:
            yield found


def _of_class(snapshot: Snapshot, name: str, count: int) -> Finding | None:
    nodes = snapshot.of_type_exactly(name)
    sample = nodes[:: max(1, len(nodes) // _SAMPLE)]
    if not any(instances_of(snapshot, node) for node in sample[:_FIRST]):
        return None
    looks = [each for node in sample if (each := instances_of(snapshot, node)) is not None]
    # One may be just being made.
    names, share = commonest(each.names for each in looks)
    if len(looks) < 0.99 * len(sample) or share < 0.99:
        return None
    node = snapshot.type_nodes[snapshot.type_names.index(name)]
    entries = [*_entries(snapshot, node)]
    slots_count = _slots_count(entries)
    undone_by = _bases_without_slots(snapshot, node) if slots_count else []
    if (
        (slots_count and not undone_by)
        or _needs_dict(entries)
        or derives_from_library(snapshot, name)
    ):
        return None
    looks = [each for each in looks if each.names == names]
    now = mean(each.size_bytes for each in looks)
    weak = bool(snapshot.weakly_referenced & set(nodes))
    places = max(len(names), slots_count)
    then = block_bytes(_HEAD_BYTES + 8 * places + (_WEAKREF_BYTES if weak else 0))
    if now <= then or (slots_count and now - then < _UNDONE_BYTES):
        return None
    with_dict = sum(each.has_dict for each in looks)
    told = [
        f"{count} instances of {len(names)} attributes take {now:.0f} bytes each, {then} with slots",
        *([f"{with_dict / len(looks):.0%} of them have a dict of their own"] if with_dict else []),
    ]
    named = sorted(names) + (["__weakref__"] if weak else [])
    recipe = Recipe(
        "slots", "slots and weak references" if weak else "slots", count, round(now * count),
        {"names": looks[0].order, "own_dicts": with_dict / len(looks)},
    )  # fmt: skip
    shown = ", ".join(repr(each) for each in named[:6]) + (", ..." if len(named) > 6 else "")
    fix = f"@dataclass(slots=True), or __slots__ = ({shown})"
    if undone_by:
        told.append(f"its slots are undone by {', '.join(undone_by)}, without __slots__")
        fix = f"__slots__ = () in {', '.join(undone_by)}, and in {name.rpartition('.')[2]} all of ({shown})"
    return structural(
        snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {name}", saving_bytes=round((now - then) * count),
        fix=fix, evidence=told, confidence=0.85, subject=name, recipe=None if undone_by else recipe,
        freed=Freed(nodes=[*nodes, *_dicts_of(snapshot, nodes if with_dict else ())]),
    )  # fmt: skip


def _dicts_of(snapshot: Snapshot, nodes: Sequence[int]) -> Iterator[int]:
    for node in nodes:
        yield from holders_of(snapshot, node)[1:]


def _entries(snapshot: Snapshot, node: int) -> Iterator[tuple[str, str]]:
    """(name, type) of what stands in a class, and of what its type refers to; nothing where it is not there."""
    for step in snapshot.steps_from(node) if node else ():
        yield str(step.name), snapshot.type_of(step.node)
        if step.name == "__dict__":
            for entry in snapshot.steps_from(step.node):
                if entry.kind == "key":
                    yield str(entry.name), snapshot.type_of(entry.node)


def _slots_count(entries: Sequence[tuple[str, str]]) -> int:
    """How many slots a class names; 0 of one without."""
    has_slots = any(name == "__slots__" for name, _ in entries)
    return sum(kind == "member_descriptor" for _, kind in entries) if has_slots else 0


def _bases_without_slots(snapshot: Snapshot, node: int) -> list[str]:
    """The program's classes that a class derives from, and that name no slots."""
    order = [step.node for step in snapshot.steps_from(node) if step.name == "__mro__"]
    bases = [s.node for each in order for s in snapshot.steps_from(each) if s.node != node]
    named = ((base, snapshot.labels.get(base, "")) for base in dict.fromkeys(bases))
    return [
        label.rpartition(".")[2] for base, label in named
        if "." in label and can_be_changed(snapshot, label) and not _has_slots(snapshot, base)
    ]  # fmt: skip


def _has_slots(snapshot: Snapshot, node: int) -> bool:
    return any(name == "__slots__" for name, _ in _entries(snapshot, node))


def _needs_dict(entries: Sequence[tuple[str, str]]) -> bool:
    """Whether a class has what slots would take away, or slots that are to leave it a dict; or is not there."""
    asks_for_dict = {("__slots__", "tuple"), ("__dict__", "getset_descriptor")} <= set(entries)
    return (
        not entries
        or asks_for_dict
        or any(kind in ("functools.cached_property", "cached_property") for _, kind in entries)
    )
