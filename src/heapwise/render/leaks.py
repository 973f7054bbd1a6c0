"""The verdict on leaks, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from heapwise import units
from heapwise.model.finding import Finding
from heapwise.model.stacks import Stacks
from heapwise.render.line_table import spark
from heapwise.render.paths import shorten
from heapwise.views.leaks import LEAK, NO_LEAK, Accused, LeakReport

_STATES = {LEAK: "leak", "warm-up": "no leak, a warm-up that has settled", "unclear": "unclear"}


def text(report: LeakReport, *, width: int = 100) -> str:
    """The verdict, then each suspect with its evidence, then what was not looked at."""
    lines = [headline(report)]
    for number, accused in enumerate(report.accused, 1):
        lines += ["", *_suspect(number, accused, report, width)]
    for finding in (*report.resources, *report.structural):
        lines += ["", *_finding(finding, report)]
    lines += ["", *limits(report)]
    return "\n".join(lines) + "\n"


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
        return f"no leak: at most {most} per {step}, 95 %{after} ({growth.steps} {step}s)."
    if not growth.steps:
        return "undecided: one look shows no growth; take snapshots over time (heapwise run --snapshot every=30s)."
    return f"undecided: the heap changes by {rate}; more {step}s would tell."


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
    if suspect.holder:
        yield f"   kept by    {suspect.holder} ({suspect.type})"
    if finding.file or finding.function:
        yield f"   made at    {_place(finding, report)}"
    growth, step = suspect.growth, report.evidence.step
    if growth.steps > 1:
        yield (
            f"   grows by   {units.size(growth.mean)} per {step} (95 %: {units.size(growth.low)} to "
            f"{units.size(growth.high)})  {spark(list(suspect.levels)[-40:], max(suspect.levels))}"
        )
    for told in finding.evidence:
        yield f"   because    {told}"[: max(width, 60) * 2]
    yield f"   try        {finding.fix}"


def _finding(finding: Finding, report: LeakReport) -> Iterator[str]:
    size = f": {units.size(finding.saving_bytes)}" if finding.saving_bytes else ""
    yield f"{finding.code} {finding.title}{size}"
    if finding.holder:
        yield f"   kept by    {finding.holder}"
    if finding.file or finding.function:
        yield f"   made at    {_place(finding, report)}"
    for told in finding.evidence:
        yield f"   because    {told}"
    yield f"   try        {finding.fix}"


def _place(finding: Finding, report: LeakReport) -> str:
    meta, stacks = _source(report)
    file = shorten(
        finding.file, directory=str(meta.get("directory") or ""),
        libraries=meta.get("library_directories") or (),
    )  # fmt: skip
    where = f"{file}:{finding.line} {finding.function}" if file else finding.function
    text = stacks.source_line(finding.file, finding.line) if stacks is not None and file else ""
    return f"{where}  {text}".rstrip()


def _source(report: LeakReport) -> tuple[dict[str, Any], Stacks | None]:
    """What is known of the program, and where its source lines are to be had."""
    evidence = report.evidence
    if evidence.recording is not None:
        return evidence.recording.meta, evidence.recording
    if evidence.snapshots:
        return evidence.snapshots[-1].meta, evidence.snapshots[-1].stacks
    return {}, None


def document(report: LeakReport) -> str:
    """JSON, keys as in the contract of the docs."""
    growth = report.heap.growth
    minutes = report.evidence.step_s / 60
    found = {
        "meta": _source(report)[0],
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
        "findings": [finding_row(each) for each in (*report.resources, *report.structural)],
        "limits": limits(report),
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _row(accused: Accused, minutes: float) -> dict[str, Any]:
    suspect, growth = accused.suspect, accused.suspect.growth
    return finding_row(accused.finding) | {
        "type": suspect.type,
        "state": accused.state,
        "growth_bytes": suspect.grown_bytes,
        "growth_bytes_per_round": growth.mean,
        "growth_low": growth.low,
        "growth_high": growth.high,
        "growth_bytes_per_minute": growth.mean / minutes if minutes else None,
        "share": suspect.share,
        "levels_bytes": list(suspect.levels),
        "types": [
            {"type": name, "count": count, "bytes": size}
            for name, (count, size) in list(suspect.types.items())[:10]
        ],
    }


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it."""
    return {
        "code": finding.code,
        "title": finding.title,
        "file": finding.file,
        "line": finding.line,
        "function": finding.function,
        "holder": finding.holder,
        "evidence": list(finding.evidence),
        "saving_bytes": finding.saving_bytes,
        "method": finding.method,
        "confidence": finding.confidence,
        "fix": finding.fix,
        "fixable": finding.fixable,
    }
