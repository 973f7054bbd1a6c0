"""What resource detectors share: open ones are counted over snapshots, with who keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from heapwise.analyze.paths import attribute, place_of
from heapwise.analyze.statistics import growth
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

_LEAST_MORE = 3
"""Fewer more than before are no leak of resources."""

Find = Callable[[Snapshot], Sequence[int]]


def counted(
    snapshots: Sequence[Snapshot], find: Find, *, code: str, title: str, noun: str, fix: str,
    owners: Find | None = None,
) -> list[Finding]:  # fmt: skip
    """A finding when there are more and more open ones. find: the open ones of a snapshot. owners: the
    objects that stand for them, where these are none themselves."""
    if len(snapshots) < 2:
        return []
    last = snapshots[-1]
    found = find(last)
    counts = [*(len(find(snapshot)) for snapshot in snapshots[:-1]), len(found)]
    judged = growth(counts, _LEAST_MORE)
    settled = len(counts) > 2 and judged.verdict in ("steady", "settles")
    if settled or counts[-1] - counts[0] < _LEAST_MORE:
        return []
    shown = (owners(last) if owners is not None else ()) or found
    places = Counter(place_of(last, node, masked=True) for node in shown)
    holder, held = places.most_common(1)[0]
    lines = Counter(at for node in shown if (at := last.allocated_at(node)) is not None)
    own = {at: n for at, n in lines.items() if last.stacks.is_user_file(at.file)}
    at = max(own, key=lambda each: own[each]) if own else None
    retained = sum(last.nodes("retained_bytes")[node] for node in shown)
    evidence = [
        f"{' → '.join(map(str, counts))} {noun} from snapshot to snapshot",
        f"{held} of them at {holder or place_of(last, shown[0])}",
    ]
    return [
        Finding(
            code, title, at.file if at else "", at.line if at else 0, at.function if at else "",
            holder, tuple(evidence), retained, "measured",
            0.9 if judged.verdict == "grows" else 0.6, fix,
        )
    ]  # fmt: skip


def named(snapshot: Snapshot, *names: str) -> list[int]:
    """The objects of types by their full names."""
    return [node for name in names for node in snapshot.of_type_exactly(name)]


def lacks(snapshot: Snapshot, node: int, name: str) -> bool:
    """Whether an attribute is None, or not there."""
    found = attribute(snapshot, node, name)
    return found is None or snapshot.type_of(found) == "NoneType"


def true_of(snapshot: Snapshot) -> int | None:
    """The node of `True`."""
    builtins = (node for node, name in snapshot.namespaces.items() if name == "builtins")
    return next(
        (s.node for each in builtins for s in snapshot.steps_from(each) if s.name == "True"), None
    )
