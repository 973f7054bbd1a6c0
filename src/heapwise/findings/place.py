"""A place where bytes gather, as detectors look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from heapwise import units
from heapwise.analyze.growth import MOST_OF_A_TYPE
from heapwise.analyze.leaks import Suspect
from heapwise.model.finding import Finding
from heapwise.model.heap_tables import NO_NODE, Step
from heapwise.model.snapshot import Snapshot


class Place:
    """A suspect in its heap. snapshot is None when there is only a recording."""

    def __init__(self, suspect: Suspect, snapshot: Snapshot | None) -> None:
        self.suspect = suspect
        self.snapshot = snapshot if suspect.node != NO_NODE else None

    @property
    def steps(self) -> Sequence[Step]:
        """The path from the root."""
        return self.suspect.path

    def type_of(self, node: int) -> str:
        """The type of a node; empty without a snapshot."""
        return "" if self.snapshot is None else self.snapshot.type_of(node)

    @cached_property
    def path_types(self) -> list[str]:
        """The types along the path, the place itself last."""
        return [self.type_of(step.node) for step in self.steps]

    def on_path(self, *types: str) -> int:
        """The last node on the path of one of these types; NO_NODE when there is none."""
        found = [
            s.node for s, name in zip(self.steps, self.path_types, strict=True) if name in types
        ]
        return found[-1] if found else NO_NODE

    def passes(self, *names: str) -> bool:
        """Whether the path goes by a slot or root of one of these names."""
        return any(step.name in names for step in self.steps if step.kind in ("internal", "root"))

    def count(self, *types: str) -> int:
        """How many of the new objects are of these types."""
        return sum(self.suspect.types.get(name, (0, 0))[0] for name in types)

    def share(self, *types: str) -> float:
        """Which part of the new objects (by number) are of these types."""
        whole = sum(count for count, _ in self.suspect.types.values())
        return self.count(*types) / whole if whole else 0.0

    def members(self, *types: str) -> list[int]:
        """The new objects of these types."""
        if self.snapshot is None:
            return []
        return [node for node in self.suspect.members if self.snapshot.type_of(node) in types]

    @cached_property
    def elements(self) -> Counter[str]:
        """What the container holds directly, by type: items, keys' values, elements of a set."""
        if self.snapshot is None:
            return Counter()
        kinds = ("index", "key", "int key", "item", "element")
        steps = self.snapshot.steps_from(self.suspect.node)
        return Counter(self.type_of(step.node) for step in steps if step.kind in kinds)

    @cached_property
    def made_of(self) -> str:
        """`412 × app.Session, 412 × dict`: the new objects of most bytes."""
        order = list(self.suspect.types.items())[:3]
        return ", ".join(
            f"{units.count(count)}{' or more' if count >= MOST_OF_A_TYPE else ''} × {name}"
            for name, (count, _) in order
        )

    def finding(
        self, code: str, title: str, *, confidence: float, fix: str, evidence: Sequence[str] = ()
    ) -> Finding:
        """The finding of a detector at this place."""
        suspect, line = self.suspect, self.suspect.line
        told = list(evidence)
        if self.made_of:
            told.append(f"new there: {self.made_of}")
        return Finding(
            code, title, line.file if line else "", line.line if line else 0,
            line.function if line else "", suspect.holder, tuple(told), suspect.grown_bytes,
            "measured", confidence, fix,
        )  # fmt: skip


def structural(
    snapshot: Snapshot,
    node: int,
    code: str,
    title: str,
    *,
    saving_bytes: int,
    fix: str,
    evidence: Sequence[str],
    confidence: float = 0.9,
) -> Finding:
    """A finding at a node, known by its structure."""
    from heapwise.analyze.heap_tree import place_of

    at = snapshot.allocated_at(node)
    return Finding(
        code, title, at.file if at else "", at.line if at else 0, at.function if at else "",
        place_of(snapshot, node), tuple(evidence), saving_bytes, "computed", confidence, fix,
    )  # fmt: skip
