"""The answer to "does it leak?": suspects with their findings, resources, and a verdict with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from heapwise import findings
from heapwise.analyze.changes import matched
from heapwise.analyze.leaks import (
    Evidence,
    Suspect,
    Whole,
    baseline,
    levels_over_time,
    suspects,
    whole,
)
from heapwise.analyze.statistics import growth as judge
from heapwise.findings.place import Place
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

LEAK, NO_LEAK, UNDECIDED = "leak", "no-leak", "undecided"
_CERTAIN = 0.9
_LEAST_STRUCTURAL_SHARE = 0.05
_LARGE_SHARE, _LARGE_BYTES = 0.10, 1 << 20
_MUCH_SHARE, _MUCH_BYTES = 0.30, 256 << 10
_GENERAL = frozenset(("HW100", "HW101", "HW102", "HW113", "HW161", "HW162"))
"""Codes that say where something grows, not why it should not."""
_ALWAYS = frozenset(
    ("HW112", "HW114", "HW115", "HW121", "HW131", "HW132", "HW142", "HW152", "HW154", "HW155")
)
"""Faults by their structure: a large one needs no growth in time to be one."""
_LEAST_SPAN_S = 10.0
_FEW_SNAPSHOTS = 4
_BOUNDED = "HW110"
"""What grows to a bound and no further."""


@dataclass(frozen=True)
class Accused:
    """A suspect and what kind of leak it is. state: `leak`, `warm-up` or `unclear`."""

    suspect: Suspect
    finding: Finding
    state: str


@dataclass(frozen=True)
class LeakReport:
    """verdict: `leak`, `no-leak` or `undecided`. structural: faults that a single snapshot shows. matched: how
    objects were matched between snapshots; empty where none were."""

    verdict: str
    evidence: Evidence
    heap: Whole
    accused: Sequence[Accused]
    resources: Sequence[Finding]
    structural: Sequence[Finding]
    matched: str


def leaks(evidence: Evidence) -> LeakReport:
    """Judges the evidence."""
    heap = whole(evidence)
    snapshots = evidence.snapshots
    last = snapshots[-1] if snapshots else None
    accused = [
        Accused(each, finding, _state(each, finding, heap))
        for each in suspects(evidence)
        for finding in [findings.classify(Place(each, last))]
    ]
    accused.sort(key=lambda each: (each.state != LEAK, -each.suspect.grown_bytes))
    resources = findings.resources(snapshots[baseline(snapshots) :])
    structural = _structural(last, accused) if last is not None else []
    told = matched(snapshots) if len(snapshots) > 1 else ""
    verdict = _verdict(heap, accused, resources, structural, evidence)
    return LeakReport(verdict, evidence, heap, accused, resources, structural, told)


def _state(suspect: Suspect, finding: Finding, heap: Whole) -> str:
    if finding.code == _BOUNDED:
        return "warm-up"
    judged = suspect.growth
    special = finding.code not in _GENERAL and finding.confidence >= 0.8
    large = suspect.grown_bytes >= min(_LARGE_BYTES, _LARGE_SHARE * max(heap.levels, default=0))
    if finding.code in _ALWAYS and large:
        return LEAK
    if not special and 0 < suspect.span_s < _LEAST_SPAN_S:
        return "unclear"  # a short program that fills a table to its end looks the same
    if judged.verdict == "grows" or (special and judged.verdict == "unclear" and _rises(suspect)):
        return LEAK
    if judged.verdict in ("settles", "steady") and judged.steps > 1:
        return "warm-up"
    # Two looks have no interval: then what makes up much of the growth is taken for it.
    much = suspect.share >= _MUCH_SHARE and suspect.grown_bytes >= _MUCH_BYTES
    return LEAK if judged.steps == 1 and (special or large or much) else "unclear"


def _rises(suspect: Suspect) -> bool:
    """Whether it never gets less, and more in at least half of the steps: one jump is no growth."""
    steps = [b - a for a, b in pairwise(suspect.levels)]
    return min(steps, default=-1) >= 0 and 2 * sum(step > 0 for step in steps) >= len(steps)


def _structural(snapshot: Snapshot, accused: Sequence[Accused]) -> list[Finding]:
    """What the last snapshot shows by itself, and no suspect has said already."""
    codes = {each.finding.code for each in accused}
    least = _LEAST_STRUCTURAL_SHARE * snapshot.figure("shallow_bytes")
    return [
        each
        for each in findings.scan(snapshot)
        if each.saving_bytes >= least and each.code not in codes
    ]


def _grows_in_time(evidence: Evidence, heap: Whole) -> bool:
    """Whether the recording shows growth that too few snapshots have missed."""
    if evidence.recording is None or not 0 < len(evidence.snapshots) < _FEW_SNAPSHOTS:
        return False
    levels = levels_over_time(evidence.recording)
    return (
        judge(levels, max(heap.least_bytes, _LARGE_SHARE * max(levels, default=0))).verdict
        == "grows"
    )


def _verdict(
    heap: Whole,
    accused: Sequence[Accused],
    resources: Sequence[Finding],
    structural: Sequence[Finding],
    evidence: Evidence,
) -> str:
    if any(each.state == LEAK for each in accused):
        return LEAK
    if any(each.confidence >= _CERTAIN for each in (*resources, *structural)):
        return LEAK
    judged = heap.growth
    if _grows_in_time(evidence, heap):
        return UNDECIDED
    if judged.steps >= 2 and judged.verdict == "steady" and not resources:
        return NO_LEAK
    if judged.low <= 0 and judged.high <= evidence.negligible_step_bytes and not resources:
        return NO_LEAK
    if any(each.state == "unclear" for each in accused) or resources:
        return UNDECIDED
    if judged.steps >= 2 and (judged.verdict in ("steady", "settles") or judged.low <= 0):
        return NO_LEAK
    if judged.steps >= 2 and not accused and judged.high <= evidence.negligible_step_bytes:
        return NO_LEAK
    if judged.steps == 1 and judged.total < heap.least_bytes:
        return NO_LEAK
    return UNDECIDED
