"""The answer to "does it leak?": suspects with their findings, resources, and a verdict with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from heapwise import findings
from heapwise.analyze.leaks import (
    ENOUGH_SNAPSHOTS,
    Evidence,
    Suspect,
    Whole,
    is_gone,
    levels_over_time,
    suspects,
    whole,
)
from heapwise.analyze.native_growth import native_growth
from heapwise.analyze.statistics import growth as judge
from heapwise.model.finding import Finding, Nature
from heapwise.model.snapshot import Snapshot

LEAK, NO_LEAK, UNDECIDED = "leak", "no-leak", "undecided"
_CERTAIN = 0.9
_LEAST_STRUCTURAL_SHARE = 0.05
_LARGE_SHARE, _LARGE_BYTES = 0.10, 1 << 20
_MUCH_SHARE, _MUCH_BYTES = 0.30, 256 << 10
_LEAST_SPAN_S = 10.0


@dataclass(frozen=True, slots=True)
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
        for each in _suspects(evidence, heap)
        for finding in [findings.classify(each, last)]
    ]
    accused.sort(key=lambda each: (each.state != LEAK, -each.suspect.grown_bytes))
    resources = findings.resources(snapshots[evidence.since :])
    structural = _structural(last, accused) if last is not None else []
    told = evidence.history.how_matched(evidence.since) if evidence.history else ""
    verdict = _verdict(heap, accused, resources, structural, evidence)
    # What was there in passing leaves the question open, and is nobody's fault.
    named = [each for each in accused if each.state == LEAK or not is_gone(each.suspect, evidence)]
    return LeakReport(verdict, evidence, heap, named, resources, structural, told)


def _suspects(evidence: Evidence, heap: Whole) -> list[Suspect]:
    found = suspects(evidence, heap)
    return [*found, *native_growth(evidence, heap, found)]


def _state(suspect: Suspect, finding: Finding, heap: Whole) -> str:
    if finding.nature is Nature.BOUNDED:
        return "warm-up"
    judged = suspect.growth
    special = finding.nature is not Nature.GENERAL and finding.confidence >= 0.8
    large = suspect.grown_bytes >= min(_LARGE_BYTES, _LARGE_SHARE * max(heap.levels, default=0))
    if finding.nature is Nature.FAULT and large:
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
    """Whether it never gets less, and more in at least half of the steps and in two: one jump is no growth."""
    steps = [b - a for a, b in pairwise(suspect.levels)]
    return min(steps, default=-1) >= 0 and sum(step > 0 for step in steps) >= max(2, len(steps) / 2)


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
    if evidence.recording is None or not 0 < len(evidence.snapshots) < ENOUGH_SNAPSHOTS:
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
    judged, negligible = heap.growth, evidence.negligible_step_bytes
    if not judged.steps or _grows_in_time(evidence, heap):
        return UNDECIDED
    if judged.steps == 1:
        still, settled = judged.high <= negligible, judged.total < heap.least_bytes
    else:
        still = judged.verdict == "steady" or (judged.low <= 0 and judged.high <= negligible)
        settled = judged.verdict == "settles" or judged.high <= negligible
        settled |= judged.low <= 0 and not heap.is_wide
    open_questions = resources or any(each.state == "unclear" for each in accused)
    # That the heap stands still outweighs a suspect that may only have taken the place of something.
    if (still and not resources) or ((still or settled) and not open_questions):
        return NO_LEAK
    return UNDECIDED
