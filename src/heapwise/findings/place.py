"""A place where bytes gather, as detectors look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from heapwise import units
from heapwise.analyze.accumulation import MOST_OF_A_TYPE
from heapwise.analyze.leaks import Suspect
from heapwise.analyze.paths import place_of
from heapwise.model.finding import Finding, Freed, Nature, Recipe
from heapwise.model.heap_tables import Step
from heapwise.model.snapshot import Snapshot


class Place:
    """A suspect in its heap: the snapshot is the one whose node it is."""

    def __init__(self, suspect: Suspect, snapshot: Snapshot) -> None:
        self.suspect = suspect
        self.snapshot = snapshot

    @property
    def steps(self) -> Sequence[Step]:
        """The path from the root."""
        return self.suspect.path

    @property
    def type(self) -> str:
        """The type of the object where the bytes gather."""
        return self.snapshot.type_of(self.suspect.node)

    @cached_property
    def path_types(self) -> list[str]:
        """The types along the path, the place itself last."""
        return [self.snapshot.type_of(step.node) for step in self.steps]

    def on_path(self, *types: str) -> int | None:
        """The last node on the path of one of these types; None when there is none."""
        found = [
            s.node for s, name in zip(self.steps, self.path_types, strict=True) if name in types
        ]
        return found[-1] if found else None

    def passes(self, *names: str) -> bool:
        """Whether the path goes by a slot or root of one of these names."""
        return any(step.name in names for step in self.steps if step.kind in ("internal", "root"))

    def count(self, *types: str) -> int:
        """How many of the new objects are of these types."""
        return sum(self.suspect.types.get(name, (0, 0))[0] for name in types)

    def members(self, *types: str) -> list[int]:
        """The new objects of these types."""
        return [node for node in self.suspect.members if self.snapshot.type_of(node) in types]

    @cached_property
    def elements(self) -> Counter[str]:
        """What the container holds directly, by type: items, keys' values, elements of a set."""
        kinds = ("index", "key", "int key", "item", "element")
        steps = self.snapshot.steps_from(self.suspect.node)
        return Counter(self.snapshot.type_of(step.node) for step in steps if step.kind in kinds)

    def finding(
        self,
        code: str,
        title: str,
        *,
        confidence: float,
        fix: str,
        evidence: Sequence[str] = (),
        nature: Nature = Nature.SPECIAL,
        holder: str = "",
    ) -> Finding:
        """The finding of a detector at this place. holder: a better name for it than its path."""
        return of_growth(
            replace(self.suspect, holder=holder) if holder else self.suspect,
            code,
            title,
            confidence=confidence,
            fix=fix,
            evidence=evidence,
            nature=nature,
        )


def of_growth(
    suspect: Suspect,
    code: str,
    title: str,
    *,
    confidence: float,
    fix: str,
    evidence: Sequence[str] = (),
    nature: Nature = Nature.GENERAL,
) -> Finding:
    """A finding on what grows: where it was made, who keeps it, what it is made of."""
    line = suspect.line
    told = list(evidence)
    if suspect.types:
        told.append(f"new there: {_made_of(suspect)}")
    return Finding(
        code, title, line.file if line else "", line.line if line else 0,
        line.function if line else "", suspect.holder, tuple(told), suspect.grown_bytes,
        "measured", confidence, fix, nature=nature,
    )  # fmt: skip


def _made_of(suspect: Suspect) -> str:
    """`412 × app.Session, 412 × dict`: the new objects of most bytes."""
    return ", ".join(
        f"{units.count(count)}{' or more' if count >= MOST_OF_A_TYPE else ''} × {name}"
        for name, (count, _) in list(suspect.types.items())[:3]
    )


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
    subject: str = "",
    freed: Freed | None = None,
    recipe: Recipe | None = None,
    asked_bytes: int = 0,
) -> Finding:
    """A finding at a node, known by its structure. subject: the type that it is about. freed: whose bytes the saving
    is; None: the node's, with all that it alone keeps. recipe: how it is measured. asked_bytes: of the saving, where
    the rule knows it."""
    at = snapshot.grown_at(node)
    return Finding(
        code, title, at.file if at else "", at.line if at else 0, at.function if at else "",
        place_of(snapshot, node), tuple(evidence), saving_bytes, "computed from layout", confidence, fix,
        subject=subject, freed=freed or Freed(roots=(node,)), recipe=recipe, asked_bytes=asked_bytes,
    )  # fmt: skip
