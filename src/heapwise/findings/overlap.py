"""Findings of the same bytes: of objects that go whole, as copies do, nothing else needs to be said."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from random import Random

from heapwise.model.finding import Finding
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

_OF_WHOLE_OBJECTS = frozenset((
    "HW121", "HW151", "HW307", "HW325", "HW328", "HW340", "HW341", "HW342", "HW343", "HW344", "HW371",
    "HW389", "HW410", "HW411",
))  # fmt: skip
"""Rules that find objects to be equal to others, which stay, or to be needed no more, or put another structure in their
place."""
_OF_CONTENT = frozenset(("HW310", "HW312", "HW313"))
"""Rules on how texts are kept: what they say holds for those that stay, too."""
_OF_STEPS = frozenset(("HW332",))
"""Rules on what a line needs on its way."""
_SAMPLE, _MOST_LEVELS = 500, 1000
_MOSTLY, _NEARLY = 0.8, 0.9


def without_what_goes(findings: Sequence[Finding], snapshot: Snapshot) -> list[Finding]:
    """The findings without those whose objects mostly go by another one, which saves more."""
    kept: list[Finding] = []
    gone: list[tuple[Set[int], Set[int]]] = []
    for each in sorted(findings, key=lambda finding: -finding.saving_bytes):
        if each.code not in _OF_CONTENT and any(_goes(each, *which, snapshot) for which in gone):
            continue
        kept.append(each)
        if each.code in _OF_WHOLE_OBJECTS:
            gone.append((frozenset(each.freed.nodes), frozenset(each.freed.roots)))
    wanted = {id(each) for each in kept}
    return [each for each in findings if id(each) in wanted]


def without_steps(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that take a line's bytes for the steps of its work, where another one tells whose they
    are: of objects that this line made."""
    known: dict[tuple[str, int], int] = {}
    for each in findings:
        if each.freed.roots or each.freed.nodes:
            made = ((at.file, at.line) for at in each.related if at.role == "allocates")
            for line in ((each.file, each.line), *made):
                known[line] = max(each.saving_bytes, known.get(line, 0))
    return [
        each for each in findings
        if each.code not in _OF_STEPS
        or known.get((each.file, each.line), 0) < _NEARLY * each.saving_bytes
    ]  # fmt: skip


def by_line(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, with those that one rule says of other objects of the same line told once, as the largest."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, each in enumerate(findings):
        alike = (each.code, each.title, each.file, each.line, each.subject)
        groups.setdefault(alike if each.line else (number,), []).append(each)
    return [merged for group in groups.values() for merged in _together(group)]


def _together(group: list[Finding]) -> list[Finding]:
    """One finding for several, unless they speak of the same objects."""
    freed = [node for each in group for node in (*each.freed.nodes, *each.freed.roots)]
    if len(group) == 1 or len(set(freed)) != len(freed):
        return group
    first = max(group, key=lambda each: each.saving_bytes)
    told = f"{len(group) - 1} more like it, of the same line, are counted with it"
    asked = [each.asked_bytes for each in group]
    return [replace(
        first, evidence=(*first.evidence, told), saving_bytes=sum(each.saving_bytes for each in group),
        asked_bytes=sum(asked) if all(asked) else 0,
        freed=replace(
            first.freed, nodes=[node for each in group for node in each.freed.nodes],
            roots=[node for each in group for node in each.freed.roots],
        ),
    )]  # fmt: skip


def _goes(finding: Finding, nodes: Set[int], roots: Set[int], snapshot: Snapshot) -> bool:
    """Whether most of what a finding frees is among some objects, or below some roots."""
    freed = (*finding.freed.nodes, *finding.freed.roots)
    # Copies stand in turns: every so many of them may be those that stay.
    looked_at = Random(1).sample(freed, min(_SAMPLE, len(freed)))
    sizes = snapshot.nodes("size_bytes")
    whole = sum(sizes[node] for node in looked_at)
    part = sum(
        sizes[node] for node in looked_at if node in nodes or _is_below(snapshot, node, roots)
    )
    return whole > 0 and part >= _MOSTLY * whole


def _is_below(snapshot: Snapshot, node: int, roots: Set[int]) -> bool:
    """Whether one of some objects keeps another alone, or is it."""
    if not roots:
        return False
    above = snapshot.nodes("dominator")
    for _ in range(_MOST_LEVELS):
        if node in roots:
            return True
        if node == NO_NODE or not node:
            return False
        node = above[node]
    return False
