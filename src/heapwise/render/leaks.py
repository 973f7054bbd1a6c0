"""The verdict on leaks, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import dedent
from typing import Any

from heapwise import units
from heapwise.analyze.sample import Sample
from heapwise.model.finding import Finding
from heapwise.model.stacks import Stacks
from heapwise.render import findings, plain_page
from heapwise.render.line_table import spark
from heapwise.views.leaks import LEAK, NO_LEAK, Accused, LeakReport

_PAGE_COLUMNS = 110
_STATES = {LEAK: "leak", "warm-up": "no leak, a warm-up that has settled", "unclear": "unclear"}


def text(report: LeakReport, *, width: int = 100) -> str:
    """The verdict, then each suspect with its evidence, then what was not looked at."""
    lines = [headline(report)]
    for part in _parts(report, width):
        lines += ["", *part]
    lines += ["", *limits(report)]
    return "\n".join(lines) + "\n"


def _parts(report: LeakReport, width: int) -> list[list[str]]:
    """The lines of each suspect and each fault of structure; these first, where they alone are the leak."""
    suspects = [list(_suspect(n, each, report, width)) for n, each in enumerate(report.accused, 1)]
    faults = [
        list(_finding(each, report, width)) for each in (*report.resources, *report.structural)
    ]
    grows = any(each.state == LEAK for each in report.accused)
    return suspects + faults if grows or report.verdict != LEAK else faults + suspects


def html(report: LeakReport) -> bytes:
    """The same as a page without a script."""
    parts = [
        plain_page.section(head, plain_page.code(dedent("\n".join(lines))))
        for head, *lines in _parts(report, _PAGE_COLUMNS)
    ]
    said = [plain_page.text(words) for words in limits(report)]
    if said:
        parts.append(plain_page.section("What it rests on", *said))
    return plain_page.page("Heapwise: does it leak?", headline(report), parts)


def headline(report: LeakReport) -> str:
    """The verdict in a sentence."""
    growth, step = report.heap.growth, report.evidence.step
    rate = (
        f"{units.size(growth.mean)} per {step} (95 %: {units.size(growth.low)} to "
        f"{units.size(growth.high)}; {growth.steps} {step}s)"
    )
    if report.verdict == LEAK:
        grows = sum(each.state == LEAK for each in report.accused)
        what = f"{grows} place{'s' if grows != 1 else ''} grow" + ("s" if grows == 1 else "")
        if not grows:
            return "leak: found by its structure."
        return f"leak: {what}; the heap changes by {rate}." if growth.steps else f"leak: {what}."
    if report.verdict == NO_LEAK:
        most = units.size(max(growth.high, 0.0))
        after = ", after a warm-up" if growth.verdict == "settles" else ""
        if report.heap.is_wide and not after:
            return (
                f"no leak: after {growth.steps} {step}s that moved it much, the heap is where it was "
                f"({units.size(growth.total)} more)."
            )
        return f"no leak: at most {most} per {step}, 95 %{after} ({growth.steps} {step}s)."
    if not growth.steps:
        return "undecided: one look shows no growth; take snapshots over time (heapwise run --snapshot every=30s)."
    in_time = len(report.evidence.snapshots) < 2 and report.evidence.recording is not None
    more = "a longer run, or --snapshot every=... while it runs," if in_time else f"more {step}s"
    return f"undecided: the heap changes by {rate}; {more} would tell."


def limits(report: LeakReport) -> list[str]:
    """What the answer rests on."""
    said = [report.matched] if report.matched else []
    evidence = report.evidence
    if evidence.recording is None and not any(
        s.figure("recorder_started_ns") for s in evidence.snapshots
    ):
        said.append(
            "Nothing was recorded: allocation lines are not known (heapwise run --snapshot ...)."
        )
    if len(evidence.snapshots) < 2 and evidence.recording is not None:
        said.append(
            "Levels are those of the recording's time axis, its first sixth left out as warm-up."
        )
    return said


def _suspect(number: int, accused: Accused, report: LeakReport, width: int) -> Iterator[str]:
    suspect, finding = accused.suspect, accused.finding
    yield (
        f"{number}. {finding.code} {finding.title}: {units.size(suspect.grown_bytes)}, "
        f"{units.share(suspect.share, 1)} of the growth ({_STATES[accused.state]})"
    )
    growth, step = suspect.growth, report.evidence.step
    rate = [
        f"   grows by   {units.size(growth.mean)} per {step} (95 %: {units.size(growth.low)} to "
        f"{units.size(growth.high)})  {spark(list(suspect.levels)[-40:], max(suspect.levels))}"
    ]
    more = rate if growth.steps > 1 else []
    if suspect.sample is not None:
        more.append(f"   for example{_sample(suspect.sample, width - 15)}")
    yield from findings.told(finding, _source(report), width=width, kind=suspect.type, more=more)


def _sample(shown: Sample, width: int) -> str:
    """` app.Session, 1.20 KiB: user str 50 B, body bytes 1.00 KiB`; as many parts as there is room for."""
    text = f" {shown.type}, {units.size(shown.retained_bytes)}"
    between = ": "
    for part in shown.parts:
        size = f" {units.size(part.retained_bytes)}" if part.retained_bytes else ""
        more = between + f"{part.name} {part.type}".strip() + size
        if len(text) + len(more) > width:
            break
        text, between = text + more, ", "
    return text


def _finding(finding: Finding, report: LeakReport, width: int) -> Iterator[str]:
    size = f": {units.size(finding.saving_bytes)}" if finding.saving_bytes else ""
    yield f"{finding.code} {finding.title}{size}"
    yield from findings.told(finding, _source(report), width=width)


def _source(report: LeakReport) -> Stacks | None:
    """What knows the program and its source lines."""
    evidence = report.evidence
    if evidence.recording is not None:
        return evidence.recording
    return evidence.snapshots[-1].stacks if evidence.snapshots else None


def document(report: LeakReport) -> str:
    """JSON, keys as in the contract of the docs."""
    growth, source = report.heap.growth, _source(report)
    minutes = report.evidence.step_s / 60
    found = {
        "meta": source.meta if source else {},
        "verdict": report.verdict,
        "headline": headline(report),
        "step": report.evidence.step,
        "steps_count": growth.steps,
        "growth_bytes_per_round": growth.mean,
        "growth_low": growth.low,
        "growth_high": growth.high,
        "growth_bytes_per_minute": growth.mean / minutes if minutes else None,
        "levels_bytes": [round(level) for level in report.heap.levels],
        "suspects": [_row(each, minutes) for each in report.accused],
        "findings": [findings.row(each) for each in (*report.resources, *report.structural)],
        "limits": limits(report),
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _row(accused: Accused, minutes: float) -> dict[str, Any]:
    suspect, growth = accused.suspect, accused.suspect.growth
    return findings.row(accused.finding) | {
        "type": suspect.type,
        "state": accused.state,
        "growth_bytes": suspect.grown_bytes,
        "growth_bytes_per_round": growth.mean,
        "growth_low": growth.low,
        "growth_high": growth.high,
        "growth_bytes_per_minute": growth.mean / minutes if minutes else None,
        "share": suspect.share,
        "levels_bytes": list(suspect.levels),
        "sample": asdict(suspect.sample) if suspect.sample is not None else None,
        "types": [
            {"type": name, "count": count, "bytes": size}
            for name, (count, size) in list(suspect.types.items())[:10]
        ],
    }
