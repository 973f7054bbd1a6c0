"""HW325: the same deep structure, built again and again.

A configuration, a schema, a service's description or a tokenizer's table that each session, client or worker object
loads for itself: dicts of lists of dicts that are equal down to the last string and number, once for each of them.

What to do: load it once and share it: `functools.cache` on the function that loads, a module's variable, or one session
for all. Costs: what one changes, all see; copy the part that is changed. Clean: structures that differ, or that each
holder goes on to change; small flat containers (HW321). Objects whose values are not known (files, locks, dates) are
equal to themselves alone, and so is all that holds them. What one object of a library keeps is left to the library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from heapwise.analyze.trees import CopiedTree, copied_trees
from heapwise.findings.letters import in_trees_of_letters
from heapwise.findings.own_classes import can_be_changed, can_be_shared
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites, sampled
from heapwise.findings.transient import library_work
from heapwise.findings.waste import imported_sites, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE, TEXT_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW325"
TITLE = "equal trees"
_PLAIN = frozenset(("dict", "list", "tuple", "set", "frozenset", "collections.OrderedDict"))
_MOST_LEVELS, _MOST_LOOKED_AT, _SHOWN = 64, 50, 3
_LARGE_SHARE = 0.5


class _Place(NamedTuple):
    """Who keeps trees: the first on the way to the root that is no plain container (its type's row, and itself where it
    is a module's namespace), under which name, and the site whose line made them (0: not known)."""

    owner_type: int
    namespace: int
    name: int
    line: int


@dataclass(slots=True)
class _Trees:
    """Trees that are copies, of one place. kinds: what stays -> (copies of it, their bytes)."""

    copies: list[int] = field(default_factory=list)
    kinds: dict[int, tuple[int, int]] = field(default_factory=dict)
    size_bytes: int = 0


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Trees that are equal to another one which stays, by who keeps them and where they were made."""
    least = worth_bytes(snapshot)
    for place, found in _by_place(snapshot).items():
        if found.size_bytes < least or _is_inside_one(snapshot, place, found):
            continue
        if not can_be_shared(snapshot, found.copies) or _are_letters(snapshot, found.copies):
            continue
        example = max(
            found.copies, key=lambda node: (snapshot.nodes("retained_bytes")[node], -node)
        )
        yield structural(
            snapshot, example, CODE, f"{TITLE}: {snapshot.type_of(example)}", saving_bytes=found.size_bytes,
            confidence=0.75, evidence=[*_told(found), *_share(snapshot, place, found)],
            fix="load it once and share it: functools.cache on what loads it, or one session for all",
            freed=Freed(roots=found.copies, entirely=True, kept=tuple(found.kinds)),
        )  # fmt: skip


def _are_letters(snapshot: Snapshot, copies: Sequence[int]) -> bool:
    """Whether they are parts of prefix trees, which change as words come: HW411 tells of these."""
    inside = in_trees_of_letters(snapshot)
    return bool(inside) and all(node in inside for node in sampled(copies, _MOST_LOOKED_AT))


def _is_inside_one(snapshot: Snapshot, place: _Place, found: _Trees) -> bool:
    """Whether a single object of a library keeps them all: how it does that is its own affair."""
    if place.namespace or can_be_changed(snapshot, snapshot.type_names[place.owner_type]):
        return False
    return len({_owner(snapshot, node)[0] for node in (*found.copies, *found.kinds)}) == 1


def _told(found: _Trees) -> list[str]:
    """How many there are and what they take; where they differ, the kinds that take most."""
    count = len(found.copies) + len(found.kinds)
    largest = sorted(found.kinds.values(), key=lambda kind: -kind[1])[:_SHOWN]
    told = "; ".join(f"{copies + 1} of {total // copies} bytes each" for copies, total in largest)
    if len(found.kinds) > _SHOWN:
        told += f"; and {len(found.kinds) - _SHOWN} more kinds"
    return [
        f"{count} trees of objects are equal to others down to their values: {told}",
        f"{found.size_bytes} bytes are copies",
    ]


def _by_place(snapshot: Snapshot) -> dict[_Place, _Trees]:
    """The copies that the program makes, each kind where most of it is; what imports make is the libraries' own."""
    sites, lines = snapshot.nodes("site"), lines_of_sites(snapshot)
    kinds: dict[int, list[CopiedTree]] = {}
    work = library_work(snapshot)
    for tree in copied_trees(snapshot):
        if not work.has(snapshot, tree.root) and not work.has(snapshot, tree.kept):
            kinds.setdefault(tree.kept, []).append(tree)
    of_imports = {lines[site] for site in imported_sites(snapshot)}
    groups: dict[_Place, _Trees] = {}
    for kept, trees in kinds.items():
        roots = [tree.root for tree in trees]
        known = Counter(
            _place(snapshot, root, lines.get(sites[root], 0))
            for root in sampled(roots, _MOST_LOOKED_AT)
        )
        place = min(known, key=lambda each: (-known[each], each))
        if place.line in of_imports:
            continue
        group = groups.setdefault(place, _Trees())
        group.copies += roots
        size = sum(tree.size_bytes for tree in trees)
        group.kinds[kept] = len(trees), size
        group.size_bytes += size
    return groups


def _place(snapshot: Snapshot, root: int, line: int) -> _Place:
    owner, name = _owner(snapshot, root)
    is_module = owner in snapshot.namespaces
    return _Place(snapshot.nodes("type")[owner], owner if is_module else 0, name, line)


def _owner(snapshot: Snapshot, node: int) -> tuple[int, int]:
    """(the first holder that is no plain container, the name of what it keeps it under)."""
    parents, edges = snapshot.parents
    names, kinds = snapshot.edges("name"), snapshot.edges("kind")
    name = 0
    for _ in range(_MOST_LEVELS):
        above = parents[node]
        if above in (NO_NODE, node):
            break
        edge = edges[node]
        name = names[edge] if kinds[edge] in TEXT_KINDS else 0
        node = above
        if snapshot.type_of(node) not in _PLAIN or node in snapshot.namespaces:
            break
    return node, name


def _share(snapshot: Snapshot, place: _Place, found: _Trees) -> list[str]:
    """How much of what their owners keep the trees are, where it is much."""
    retained, types = snapshot.nodes("retained_bytes"), snapshot.nodes("type")
    trees = (*found.copies, *found.kinds)
    owners = set() if place.namespace else {_owner(snapshot, node)[0] for node in trees}
    owners = {node for node in owners if types[node] == place.owner_type}
    if len(owners) < 2:
        return []
    whole = sum(retained[node] for node in owners)
    part = sum(retained[node] for node in trees)
    if not _LARGE_SHARE * whole <= part <= whole:
        return []
    owner = snapshot.type_names[place.owner_type]
    return [f"they are {part / whole:.0%} of what {len(owners)} {owner} objects keep"]
