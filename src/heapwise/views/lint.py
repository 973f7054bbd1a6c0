"""The answer to "what does the source itself show?": hits of rules, ranked by the bytes of their lines where a
recording tells them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heapwise import lint
from heapwise.analyze.line_costs import Cost, LineCosts
from heapwise.lint.rule import Hit
from heapwise.lint.savings import columns_count, cost_of, saving_bytes
from heapwise.lint.selection import allowed
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording

LEAST_SHARE, LEAST_BYTES = 0.01, 2 << 20
"""Of the peak, and at all: what would save less is not worth a word where it must be sized."""

_WIDE, _WIDE_TIMES = 8, 3
"""Columns of a frame, at all and for each that is named."""


def least_bytes(peak_bytes: int) -> float:
    """What is worth a word."""
    return max(LEAST_SHARE * peak_bytes, LEAST_BYTES)


@dataclass(frozen=True, slots=True)
class Sized:
    """A hit, with what its lines cost and what its change would save; None without a recording."""

    hit: Hit
    cost: Cost | None = None
    saving_bytes: int | None = None


@dataclass(frozen=True)
class LintReport:
    """hits: by place; with a recording the most bytes first. peak_bytes: of the recording."""

    hits: Sequence[Sized]
    files_count: int
    peak_bytes: int | None = None


def check(
    files: Sequence[Path],
    codes: Collection[str],
    *,
    ignores: Mapping[str, Sequence[str]] | None = None,
    recording: Recording | None = None,
    asked_for: Collection[str] = (),
) -> LintReport:
    """What the rules of some codes say of files. ignores: pattern of files -> codes. asked_for: codes that are
    told whether sizes are known or not."""
    costs = LineCosts(recording) if recording is not None else None
    if costs is not None:
        known = set(costs.files())
        files = [path for path in files if path.resolve() in known]
    found: list[Sized] = []
    for path in files:
        wanted = allowed(codes, path, ignores or {})
        hits = lint.check_file(path, wanted, sized=costs is not None or bool(asked_for))
        if costs is not None:
            found += worth_saying(hits, costs)
        else:
            found += [
                Sized(each)
                for each in hits
                if not each.if_wide and (not each.sized or each.code in asked_for)
            ]
    if costs is None:
        return LintReport(found, len(files))
    found.sort(key=lambda each: -(each.cost.peak_bytes if each.cost else 0))
    return LintReport(found, len(files), costs.peak_bytes)


def worth_saying(hits: Sequence[Hit], costs: LineCosts) -> list[Sized]:
    """Those that need no sizes, and those whose change would save a part of the peak that is worth a word."""
    found = []
    for hit in hits:
        if hit.if_wide and not is_wide(hit, costs):
            continue
        saving = saving_bytes(hit, costs)
        if not hit.sized or saving >= least_bytes(costs.peak_bytes):
            found.append(Sized(hit, cost_of(hit, costs), saving))
    return found


def is_wide(hit: Hit, costs: LineCosts) -> bool:
    """Whether frames that a place made have many more columns than are named."""
    return columns_count(hit, costs) >= max(_WIDE, _WIDE_TIMES * len(hit.columns))


def finding(sized: Sized, patch: str = "") -> Finding:
    """A hit as a finding. patch: its change."""
    hit, cost = sized.hit, sized.cost
    told = [hit.says]
    if cost is not None and cost.peak_bytes:
        blocks = "block" if cost.peak_count == 1 else "blocks"
        told.append(f"held at the peak: {cost.peak_bytes} bytes in {cost.peak_count} {blocks}")
    method = "seen in the source" if cost is None else "computed from the recording"
    return Finding(
        hit.code, hit.title, hit.path, hit.line, hit.function, "", tuple(told), sized.saving_bytes or 0,
        method, 0.6 if hit.sized else 0.8, hit.fix, fixable=bool(hit.edits), patch=patch,
    )  # fmt: skip
