"""HW385: copies of a container that only grows.

`self.history.append(Day(number, tuple(self.fills)))` keeps, day by day, the references to all that there was before:
after a thousand days of ten fills there are five million references to ten thousand fills.

What to do: keep one container, and for each moment how long it was (`len(self.fills)`): what was there then is
`fills[:length]`, or a view of that; or keep what has come since the copy before. Costs: what an entry becomes later all
moments see. Clean: copies of which each has things of its own; few or short ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW385"
TITLE = "copies of a container that only grows"
_KINDS = ("tuple", "list")
_LEAST_COPIES, _LEAST_ITEMS, _LEAST_SHARE = 16, 32, 0.1
_LOOKED_AT, _PLACES, _MOSTLY = 200, 8, 0.9


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Tuples and lists that one line makes, of which nearly each begins as the next shorter one goes."""
    counts, sizes, sites = (snapshot.nodes(name) for name in ("edges_count", "size_bytes", "site"))
    lines = lines_of_sites(snapshot)
    groups: dict[tuple[str, int], list[int]] = {}
    for kind in _KINDS:
        for node in snapshot.of_type_exactly(kind):
            if counts[node] >= _LEAST_ITEMS and (line := lines.get(sites[node])) is not None:
                groups.setdefault((kind, line), []).append(node)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for (kind, _), group in groups.items():
        if len(group) < _LEAST_COPIES or sum(sizes[node] for node in group) < least:
            continue
        group.sort(key=counts.__getitem__)
        copies = in_use(snapshot, group)
        if len(copies) < _LEAST_COPIES or not _grows(snapshot, copies):
            continue
        saving = sum(sizes[node] for node in copies[:-1])
        if saving >= least:
            told = (
                f"{len(copies)} of {counts[copies[0]]} to {counts[copies[-1]]} items, of which each has what the one "
                f"before it has: {units.size(saving)} of references"
            )
            yield structural(
                snapshot, copies[len(copies) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.8, evidence=[told],
                fix=f"one {kind} for all, and of each moment its length; or what has come since the one before",
                freed=Freed(nodes=copies[:-1], entirely=True),
            )  # fmt: skip


def _grows(snapshot: Snapshot, copies: Sequence[int]) -> bool:
    """Whether nearly all begin with the very items of the next shorter one, and the longest is longer than the
    shortest; by a sample. Items that are the same everywhere, as small numbers, tell nothing."""
    counts = snapshot.nodes("edges_count")
    if counts[copies[-1]] < 2 * counts[copies[0]]:
        return False
    step = max(1, len(copies) // _LOOKED_AT)
    chosen = copies[::step]
    alike = sum(_begins_with(snapshot, longer, shorter) for shorter, longer in pairwise(chosen))
    return alike >= _MOSTLY * (len(chosen) - 1)


def _begins_with(snapshot: Snapshot, longer: int, shorter: int) -> bool:
    """Whether the items of the shorter one stand at the same places of the longer one, and differ."""
    first, counts, targets = (
        snapshot.nodes("first_edge"), snapshot.nodes("edges_count"), snapshot.edges("target"),
    )  # fmt: skip
    count = counts[shorter]
    items = targets[first[shorter] : first[shorter] + count]
    if items != targets[first[longer] : first[longer] + count]:
        return False
    some = items[:: max(1, count // _PLACES)]
    return 2 * len(set(some)) > len(some)
