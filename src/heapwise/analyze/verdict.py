"""What is there to say? The facts behind the first screen of a report, in one object."""

from __future__ import annotations

from dataclasses import dataclass

from heapwise.analyze.by_place import Place, Sums, functions, lines, ranked
from heapwise.analyze.resident import not_resident_bytes
from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording

_ENOUGH_SHARE = 0.8
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line and what it held."""

    file: str
    line: int
    function: str
    held_bytes: int
    margin_bytes: int


@dataclass(frozen=True)
class Verdict:
    """holders: the two or three lines that held most at the peak; function: the function that did
    (line 0). not_resident_bytes: what of the peak was not in memory. survivors: lines whose blocks
    still lived at the end. churn_bytes: allocated and freed again."""

    peak_bytes: int
    peak_s: float
    peak_rss_bytes: int
    not_resident_bytes: int
    holders: tuple[HeldLine, ...]
    holders_share: float
    function: HeldLine | None
    end_bytes: int
    survivors: tuple[HeldLine, ...]
    total_bytes: int
    churn_bytes: int
    churners: tuple[HeldLine, ...]


def verdict(recording: Recording) -> Verdict:
    """The verdict on one recording."""
    summary = recording.summary
    groups = lines(recording, Selection())
    holders = _held(groups, recording, "peak")
    kept: list[HeldLine] = []
    for line in holders:
        held = sum(k.held_bytes for k in kept)
        few = len(kept) == _MOST_LINES or (
            len(kept) >= 1 and held >= _ENOUGH_SHARE * summary.peak_bytes
        )
        if few or line.held_bytes * 50 < summary.peak_bytes:
            break
        kept.append(line)
    held = sum(k.held_bytes for k in kept)
    survivors = [
        s for s in _held(groups, recording, "end") if s.held_bytes * 20 >= summary.end_bytes > 0
    ]
    return Verdict(
        peak_bytes=summary.peak_bytes,
        peak_s=summary.peak_s,
        peak_rss_bytes=summary.peak_rss_bytes,
        not_resident_bytes=not_resident_bytes(recording),
        holders=tuple(kept),
        holders_share=held / summary.peak_bytes if summary.peak_bytes else 0.0,
        function=next(iter(_held(functions(groups), recording, "peak", 1)), None),
        end_bytes=summary.end_bytes,
        survivors=tuple(survivors[:_MOST_LINES]),
        total_bytes=summary.total_bytes,
        churn_bytes=max(0, summary.total_bytes - summary.end_bytes),
        churners=tuple(_held(groups, recording, "total", 1)),
    )


def _held(
    groups: dict[Place, Sums], recording: Recording, at: str, most: int = 10
) -> list[HeldLine]:
    selection = Selection(at=at)
    return [
        HeldLine(
            *place,
            round(sums[selection.figure]),
            sums.margin(selection.figure) if recording.summary.sampled else 0,
        )
        for place, sums in ranked(groups, selection)[:most]
    ]
