"""The answer to "does it leak?": suspects with their findings, resources, and a verdict with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from heapwise.analyze.native_growth import native_growth, with_owners
from heapwise.analyze.statistics import growth as judge
from heapwise.findings.hw131_uncollected_cycles import CODE as CYCLES
from heapwise.model.finding import Finding, Nature
from heapwise.model.snapshot import Snapshot

LEAK, NO_LEAK, UNDECIDED = "leak", "no-leak", "undecided"
_CERTAIN, _LIKELY = 0.9, 0.7
"""Confidence by which a structure alone is a leak, and by which it is one where the heap has grown by it."""
_LEAST_STRUCTURAL_SHARE = 0.05
_LARGE_SHARE, _LARGE_BYTES = 0.10, 1 << 20
_MOST_SHARE = 0.5
_MUCH_SHARE, _MUCH_BYTES = 0.30, 256 << 10
_LEAST_SPAN_S = 10.0
_LEAST_ALIKE = 3
_FEW_STEPS = 2
_NEXT_TO_NOTHING = 0.01
_LEAST_COLLECTIONS, _BEFORE_THE_END = 3, 0.95


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
        Accused(each, finding, _state(each, finding, heap, evidence))
        for each in _suspects(evidence, heap)
        for finding in [findings.classify(each, last)]
    ]
    resources = findings.resources(snapshots[evidence.since :])
    known = _structural(last, heap, evidence) if last is not None else []
    sure = [each for each in known if _is_sure(each, heap)]
    # What the growth leaves open, the structure may tell.
    accused = [
        replace(a, state=LEAK) if any(_is_said(s, [a]) for s in sure) else a for a in accused
    ]
    accused.sort(key=lambda each: (each.state != LEAK, -each.suspect.grown_bytes))
    structural = [each for each in known if not _is_said(each, accused)]
    told = evidence.history.how_matched(evidence.since) if evidence.history else ""
    verdict = _verdict(heap, accused, resources, structural, evidence)
    # What was there in passing leaves the question open, and is nobody's fault.
    named = [
        each for each in accused if each.state != "unclear" or not is_gone(each.suspect, evidence)
    ]
    return LeakReport(verdict, evidence, heap, named, resources, structural, told)


def _suspects(evidence: Evidence, heap: Whole) -> list[Suspect]:
    found = suspects(evidence, heap)
    last = evidence.snapshots[-1] if evidence.snapshots else None
    owned = [with_owners(each, last) for each in found] if last is not None else found
    return [*owned, *native_growth(evidence, heap, found)]


def _state(suspect: Suspect, finding: Finding, heap: Whole, evidence: Evidence) -> str:
    if finding.nature is Nature.BOUNDED:
        return "warm-up"
    judged = suspect.growth
    special = finding.nature is not Nature.GENERAL and finding.confidence >= 0.8
    large = suspect.grown_bytes >= min(_LARGE_BYTES, _LARGE_SHARE * max(heap.levels, default=0))
    if finding.nature is Nature.FAULT and large:
        return LEAK
    if not special and 0 < suspect.span_s < _LEAST_SPAN_S:
        # A short program that fills a table to its end looks like a leak; one that was filled and then stands does not.
        stands = (
            judged.verdict in ("settles", "steady")
            and judged.mean <= 0
            and judged.steps > _FEW_STEPS
        )
        return "warm-up" if stands else "unclear"
    unsure = judged.low <= 0 and heap.growth.low <= 0 and heap.growth.steps > _FEW_STEPS
    if unsure and not (special and _rises(suspect)):
        return "warm-up" if judged.verdict in ("settles", "steady") else "unclear"
    if judged.verdict == "grows" or (special and judged.verdict == "unclear" and _rises(suspect)):
        return LEAK
    if special and finding.confidence >= _CERTAIN and _came_late(suspect, evidence):
        return LEAK
    if judged.verdict in ("settles", "steady") and judged.steps > 1:
        return "warm-up"
    # Two or three looks have no interval: then what makes up much of the growth is taken for it, and is not made once.
    much = suspect.share >= _MUCH_SHARE and suspect.grown_bytes >= _MUCH_BYTES
    grown = special or ((large or much) and _is_repeated(suspect))
    few = judged.steps == 1 or (judged.steps == _FEW_STEPS and _rises_each_time(suspect))
    return LEAK if few and grown else "unclear"


def _rises_each_time(suspect: Suspect) -> bool:
    """Whether the last two steps are growth, each a good part of it."""
    before, between, after = suspect.levels[-3:]
    return min(between - before, after - between) >= _LARGE_SHARE * (after - before) > 0


def _came_late(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether it came between the last few looks, and those lie far apart: the first ones were before the work, and
    the main thread answered late. Then these are what two looks are."""
    levels = suspect.levels
    times = [each.figure("taken_ns") for each in evidence.snapshots][-len(levels) :]
    if len(levels) != len(times) or suspect.span_s:
        return False
    least = _NEXT_TO_NOTHING * levels[-1]
    first = next((n for n, level in enumerate(levels) if level > least), 0)
    took = times[-1] - times[max(first - 1, 0)]
    return 0 < first >= len(levels) - 2 and took >= _MUCH_SHARE * (times[-1] - times[0])


def _is_repeated(suspect: Suspect) -> bool:
    """Whether it came by more than one act: several alike things are new at a place, or it was there before."""
    alike = suspect.sample.alike_count if suspect.sample is not None else 0
    return alike >= _LEAST_ALIKE or suspect.levels[0] > _NEXT_TO_NOTHING * suspect.levels[-1]


def _rises(suspect: Suspect) -> bool:
    """Whether it never gets less, and more in at least half of the steps and in two: one jump is no growth."""
    steps = [b - a for a, b in pairwise(suspect.levels)]
    return min(steps, default=-1) >= 0 and sum(step > 0 for step in steps) >= max(2, len(steps) / 2)


def _structural(snapshot: Snapshot, heap: Whole, evidence: Evidence) -> list[Finding]:
    """What the last snapshot shows by itself. What waits for a collector that the program calls is none of it."""
    least = _LEAST_STRUCTURAL_SHARE * snapshot.figure("shallow_bytes")
    known = [each for each in findings.scan(snapshot) if each.saving_bytes >= least]
    known += [each for each in findings.kept(snapshot) if _has_grown(each, heap)]
    return [each for each in known if each.code != CYCLES or not _collects(evidence)]


def _collects(evidence: Evidence) -> bool:
    """Whether collections go on in the later half of the run, before what is done at its end."""
    if evidence.recording is None:
        return False
    end_s = evidence.until_s or evidence.recording.summary.duration_s
    times = [pause.time_s for pause in evidence.recording.pauses]
    return (
        sum(end_s / 2 < time_s < _BEFORE_THE_END * end_s for time_s in times) >= _LEAST_COLLECTIONS
    )


def _is_said(structural: Finding, accused: Sequence[Accused]) -> bool:
    """Whether a suspect is the same fault, and much of it."""
    return any(
        each.finding.code == structural.code
        and each.suspect.grown_bytes >= _MOST_SHARE * structural.saving_bytes
        for each in accused
    )


def _is_sure(finding: Finding, heap: Whole) -> bool:
    """Whether a structure alone is a leak, or one by which the heap has grown."""
    return finding.confidence >= _CERTAIN or (
        finding.confidence >= _LIKELY and _has_grown(finding, heap)
    )


def _has_grown(finding: Finding, heap: Whole) -> bool:
    """Whether what is kept without need is a good part of what the heap has grown by, and that has not stopped; or
    most of the heap."""
    judged = heap.growth
    most = finding.saving_bytes >= _MOST_SHARE * max(heap.levels, default=0)
    grows = judged.verdict in ("grows", "unclear") and judged.total >= heap.least_bytes
    return most or (grows and finding.saving_bytes >= _LARGE_SHARE * judged.total)


def _grows_in_time(evidence: Evidence, heap: Whole) -> bool:
    """Whether the recording shows growth that too few snapshots have missed."""
    if evidence.recording is None or not 0 < len(evidence.snapshots) < ENOUGH_SNAPSHOTS:
        return False
    held, imported = levels_over_time(evidence.recording, evidence.until_s)
    levels = [level - once for level, once in zip(held, imported, strict=True)]
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
    if any(each.confidence >= _CERTAIN for each in resources):
        return LEAK
    if any(_is_sure(each, heap) for each in structural):
        return LEAK
    judged, negligible = heap.growth, evidence.negligible_step_bytes
    if not judged.steps or _grows_in_time(evidence, heap):
        return UNDECIDED
    if judged.steps == 1:
        still, settled = judged.high <= negligible, judged.total < heap.least_bytes
    else:
        still = judged.verdict == "steady" or judged.high <= negligible
        settled = judged.verdict == "settles"
        settled |= judged.low <= 0 and not heap.is_wide
    open_questions = resources or any(each.state == "unclear" for each in accused)
    # That the heap stands still outweighs a suspect that may only have taken the place of something.
    if (still and not resources) or ((still or settled) and not open_questions):
        return NO_LEAK
    return UNDECIDED
