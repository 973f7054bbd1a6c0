"""Large objects that stay because of small ones that show a part of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from heapwise.findings.roles import lines_of_sites
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot


class Kept(NamedTuple):
    """whole: what stays. parts: what alone keeps it, directly or by others that do nothing else. between: these."""

    whole: int
    parts: Sequence[int]
    between: Sequence[int]


def kept_by_parts(snapshot: Snapshot, pairs: Iterable[tuple[int, int]]) -> Iterator[Kept]:
    """Of pairs (part, what it shows a part of) the wholes that no other object refers to; each has one part or more.
    A part of a part counts for the whole."""
    refcounts = snapshot.nodes("refcount")
    parts: dict[int, list[int]] = {}
    shown_by: dict[int, int] = {}
    for part, whole in pairs:
        parts.setdefault(whole, []).append(part)
        shown_by[part] = whole
    alone = {whole for whole, found in parts.items() if refcounts[whole] == len(found)}
    for whole in sorted(alone - shown_by.keys()):
        leaves: list[int] = []
        between: list[int] = []
        left = list(parts[whole])
        while left:
            part = left.pop()
            (between if part in alone else leaves).append(part)
            left += parts.get(part, ()) if part in alone else ()
        if all(snapshot.nodes("dominator")[each] != NO_NODE for each in leaves):
            yield Kept(whole, leaves, between)


def by_line(snapshot: Snapshot, found: Iterable[Kept]) -> list[list[Kept]]:
    """Those whose first parts one line made."""
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    groups: dict[int, list[Kept]] = {}
    for each in found:
        site = sites[each.parts[0]]
        groups.setdefault(lines.get(site, site), []).append(each)
    return list(groups.values())
