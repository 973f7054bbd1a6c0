"""What objects of a snapshot that was taken on the way to the peak come to at the peak itself.

A snapshot near the peak is taken while the heap still rises. The recording knows what each line held at the very
peak: what a line's objects held at the snapshot has grown since by as much as the line has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.total import below
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

_LEAST_RISE, _MOST_RISE = 1.01, 2.5
"""Less is not worth a word; more is not what a snapshot near the peak can have missed (see snapshot_triggers.cpp)."""

Line = tuple[str, int]


def at_peak(findings: Sequence[Finding], snapshot: Snapshot, costs: LineCosts) -> list[Finding]:
    """The findings on objects with their savings at the peak."""
    if costs.peak_bytes < _LEAST_RISE * snapshot.level_bytes():
        return list(findings)
    lines = _Lines(snapshot)
    return [_raised(each, lines, costs) for each in findings]


class _Lines:
    """The lines that made a snapshot's objects, and what these held then."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._of_site: dict[int, Line | None] = {}
        self.held: dict[Line, int] = {}
        for node, size in enumerate(snapshot.nodes("size_bytes")):
            if size and (line := self.of(node)) is not None:
                self.held[line] = self.held.get(line, 0) + size

    def of(self, node: int) -> Line | None:
        """The line that made an object; None where that is not known."""
        site = self.snapshot.nodes("site")[node]
        if site not in self._of_site:
            frame = self.snapshot.allocated_at(node)
            self._of_site[site] = (frame.file, frame.line) if frame is not None else None
        return self._of_site[site]


def _raised(finding: Finding, lines: _Lines, costs: LineCosts) -> Finding:
    """A finding with what its objects' lines held at the peak."""
    sizes = lines.snapshot.nodes("size_bytes")
    freed: dict[Line, int] = {}
    elsewhere = 0
    for node in {*finding.freed.nodes, *below(lines.snapshot, finding.freed.roots)}:
        line = lines.of(node)
        if line is None:
            elsewhere += sizes[node]
        else:
            freed[line] = freed.get(line, 0) + sizes[node]
    before = elsewhere + sum(freed.values())
    if not before:
        return finding
    after = float(elsewhere)
    for (file, number), size in freed.items():
        rise = costs.of(file, number, number).peak_bytes / lines.held[file, number]
        after += size * min(max(rise, 1.0), _MOST_RISE)
    rise = after / before
    if rise < _LEAST_RISE:
        return finding
    saving = round(finding.saving_bytes * rise)
    told = (
        f"at the snapshot {finding.saving_bytes} bytes; the lines that made these objects held {rise:.2f} times as "
        "much at the peak"
    )
    return replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))
