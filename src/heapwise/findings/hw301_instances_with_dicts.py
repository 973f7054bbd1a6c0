"""HW301: many instances whose class has no slots.

Each instance of a plain class carries room for a dict: values beside or within it, and a dict of its own once
somebody asked for it (`vars()`, `copy`, pickle: 64 bytes and more, for life). From 30 attributes on, keys are not
shared any more, and each instance has a whole dict.

What to do: `@dataclass(slots=True)`, `__slots__ = (...)`, a `NamedTuple`, or `msgspec.Struct`. Costs: no attributes
beyond those named; `cached_property` and weak references need `__dict__` and `__weakref__` in the slots. Clean:
classes with slots, and classes of few instances.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.own_classes import derives_from_library, is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import commonest
from heapwise.findings.waste import block_bytes, holders_of, instances_of, mean, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW301"
TITLE = "instances without slots"
_LEAST_COUNT, _SAMPLE, _FIRST = 200, 1000, 20
_HEAD_BYTES, _WEAKREF_BYTES = 32, 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes of many instances with one set of attributes."""
    least = worth_bytes(snapshot)
    for row in snapshot.types:
        if row.objects_count < _LEAST_COUNT or row.retained_bytes < least:
            continue
        if is_of_library(snapshot, row.type):
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
    if len(looks) < 0.99 * len(sample) or share < 0.99 or _needs_dict(snapshot, name):
        return None
    looks = [each for each in looks if each.names == names]
    now = mean(each.size_bytes for each in looks)
    weak = bool(snapshot.weakly_referenced & set(nodes))
    then = block_bytes(_HEAD_BYTES + 8 * len(names) + (_WEAKREF_BYTES if weak else 0))
    if now <= then:
        return None
    with_dict = sum(each.has_dict for each in looks)
    told = [
        f"{count} instances of {len(names)} attributes take {now:.0f} bytes each, {then} with slots",
        *([f"{with_dict / len(looks):.0%} of them have a dict of their own"] if with_dict else []),
    ]
    named = sorted(names) + (["__weakref__"] if weak else [])
    shown = ", ".join(repr(each) for each in named[:6]) + (", ..." if len(named) > 6 else "")
    return structural(
        snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {name}", saving_bytes=round((now - then) * count),
        fix=f"@dataclass(slots=True), or __slots__ = ({shown})", evidence=told, confidence=0.85,
        subject=name,
        recipe=Recipe(
            "slots", "slots and weak references" if weak else "slots", count, round(now * count),
            {"names": looks[0].order, "own_dicts": with_dict / len(looks)},
        ),
        freed=Freed(nodes=[*nodes, *_dicts_of(snapshot, nodes if with_dict else ())]),
    )  # fmt: skip


def _dicts_of(snapshot: Snapshot, nodes: Sequence[int]) -> Iterator[int]:
    for node in nodes:
        yield from holders_of(snapshot, node)[1:]


def _needs_dict(snapshot: Snapshot, name: str) -> bool:
    """Whether the class, or one that it derives from, has what slots would take away; or has slots already; or derives
    from a library's, whose instances have a dict anyway."""
    if derives_from_library(snapshot, name):
        return True
    node = next(
        (n for t, n in zip(snapshot.type_names, snapshot.type_nodes, strict=True) if t == name), 0
    )
    if not node:
        return True
    for step in snapshot.steps_from(node):
        if step.name == "__slots__":
            return True
        if step.name == "__dict__":
            for entry in snapshot.steps_from(step.node):
                if entry.kind == "key" and (
                    entry.name == "__slots__"
                    or snapshot.type_of(entry.node)
                    in ("functools.cached_property", "cached_property")
                ):
                    return True
    return False
