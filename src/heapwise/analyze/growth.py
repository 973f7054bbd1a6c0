"""What is new between snapshots of one process?"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from heapwise.model.graph import native_graph, u4
from heapwise.model.heap_tables import NO_NODE, SYNTHETIC
from heapwise.model.snapshot import Snapshot


@dataclass(frozen=True)
class Newer:
    """What one snapshot has more than another. grown: new bytes of each node. total: their sum."""

    snapshot: Snapshot
    grown: Sequence[int]
    total: int

    def born(self) -> list[int]:
        """The objects all of whose bytes are new."""
        sizes, kinds = self.snapshot.nodes("size_bytes"), self.snapshot.nodes("type")
        return [
            node for node, grown in enumerate(self.grown)
            if grown and grown == sizes[node] and kinds[node] >= len(SYNTHETIC)
        ]  # fmt: skip


class History:
    """Snapshots of one process in order of time, and which object of an earlier one each object of the last is.

    By births where a recorder ran and no more than 1023 snapshots lie between two that are at hand; else
    by address and type, where what took the place of something dead of its type counts as the same.
    matches: of each snapshot, the node of each of the last one's; NO_NODE: it was not there.
    """

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        self.snapshots = snapshots
        native = native_graph()
        self.matches: list[Sequence[int]] = [array("I", range(len(snapshots[-1])))]
        self._by_birth = [True]
        for later, earlier in pairwise(snapshots[::-1]):
            match = u4(native.mapped(self.matches[0], later.matched(earlier)))
            self.matches.insert(0, match)
            self._by_birth.insert(0, self._by_birth[0] and later.knows_births_since(earlier))

    def newer(self, since: int = 0) -> Newer:
        """New bytes of each object of the last snapshot: all of what was born since another one (its number),
        and what others have grown by."""
        before, after, match = self.snapshots[since], self.snapshots[-1], self.matches[since]
        sizes = after.nodes("size_bytes"), before.nodes("size_bytes")
        column = array("Q", bytes(native_graph().grown_bytes(sizes[0], match, sizes[1])))
        column[0] = 0
        for node in _imported(after, match):
            column[node] = 0
        return Newer(after, column, sum(column))

    def how_matched(self, since: int = 0) -> str:
        """How objects of the last snapshot and of another one were told to be the same, in a sentence."""
        if self._by_birth[since]:
            return "Recorded objects are matched by their birth, others by address and type."
        return (
            "Objects are matched by address and type: one that took the place of a dead one of its type "
            "counts as the same."
        )


def allocated_by_imports(snapshot: Snapshot) -> list[int]:
    """The nodes that were allocated while a module was being imported."""
    stacks = snapshot.stacks
    columns = zip(stacks.site_ids, stacks.site_imports, strict=True)
    return snapshot.nodes_of_sites(site for site, imports in columns if imports)


def imported_bytes(snapshot: Snapshot) -> int:
    """What of a heap was allocated while modules were being imported."""
    sizes = snapshot.nodes("size_bytes")
    return sum(sizes[node] for node in allocated_by_imports(snapshot))


def _imported(after: Snapshot, match: Sequence[int]) -> list[int]:
    """What came by imports, which happen once: what was allocated during one, and what new modules keep."""
    found = allocated_by_imports(after)
    waiting = [node for node in after.of_type_exactly("module") if match[node] == NO_NODE]
    named = set(waiting)
    waiting += [node for node in after.namespaces if match[node] == NO_NODE]
    main = {n for n in named if after.labels.get(n) == "__main__"}
    waiting = [
        node for node in waiting if node not in main and after.namespaces.get(node) != "__main__"
    ]
    for node in waiting:
        found.append(node)
        waiting += after.children(node)
    modules = {step.node for step in after.steps_from(0) if step.name == "sys.modules"}
    return [*found, *modules]
