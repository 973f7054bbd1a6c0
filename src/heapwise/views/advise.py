"""The answer to "what should I change?": findings of waste, ranked by bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heapwise import findings
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot


@dataclass(frozen=True)
class Advice:
    """findings: most bytes first. Their savings overlap, and are never added up."""

    snapshot: Snapshot
    findings: Sequence[Finding]


def advise(snapshot: Snapshot, *, limit: int = 0) -> Advice:
    """All rules on a heap. limit: findings; 0 for all."""
    found = sorted(
        [*findings.waste(snapshot), *findings.scan(snapshot)], key=lambda each: -each.saving_bytes
    )
    return Advice(snapshot, found[:limit] if limit else found)
