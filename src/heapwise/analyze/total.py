"""What all changes together would save: bytes that several findings speak of are counted once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.analyze.freed import all_freed, by_site, bytes_of
from heapwise.model.finding import Finding
from heapwise.model.graph import native_graph, u4
from heapwise.model.snapshot import Snapshot

Line = tuple[str, int]


def total_saving_bytes(
    findings: Sequence[Finding], snapshot: Snapshot | None, *, whole_bytes: int
) -> int:
    """What would be gone if every finding were mended, in bytes.

    Of each object the finding that frees most of it counts, and never more than its size; of each line that finding
    which lowers the peak there most, or the objects that the line made, whichever is more. What a finding says it
    saves and whose place is not known counts once, for the largest. So the total is at least the largest saving, at
    most their sum, and at most whole_bytes.
    """
    if not findings:
        return 0
    of_lines: dict[Line, float] = {}
    of_objects: list[tuple[float, Finding]] = []
    elsewhere = 0.0
    for finding in findings:
        share, saved = _of_objects(finding, snapshot)
        of_objects.append((share, finding))
        left = finding.saving_bytes - saved
        for line, part in _of_lines(finding):
            of_lines[line] = max(of_lines.get(line, 0.0), part)
            left -= part
        elsewhere = max(elsewhere, left)
    total = round(_union(of_objects, of_lines, snapshot) + elsewhere)
    savings = [finding.saving_bytes for finding in findings]
    return min(max(total, *savings, 0), sum(savings), max(whole_bytes, *savings))


def _of_objects(finding: Finding, snapshot: Snapshot | None) -> tuple[float, float]:
    """(which part of what a finding frees is saved, bytes)."""
    if snapshot is None:
        return 0.0, 0.0
    taken = bytes_of(snapshot, all_freed(finding.freed, snapshot))
    share = min(1.0, finding.saving_bytes / taken) if taken else 0.0
    return share, share * taken


def _of_lines(finding: Finding) -> Iterator[tuple[Line, float]]:
    """(line, bytes that go), in proportion to what the lines held."""
    held = sum(finding.freed.lines.values())
    scale = min(1.0, finding.saving_bytes / held) if held else 0.0
    yield from ((line, scale * size) for line, size in finding.freed.lines.items())


def _union(
    of_objects: list[tuple[float, Finding]], of_lines: dict[Line, float], snapshot: Snapshot | None
) -> float:
    """Objects and lines: what a line made and a change of that line frees is counted once."""
    total, at_lines = 0.0, dict.fromkeys(of_lines, 0.0)
    if snapshot is not None:
        line_of = _lines_of_sites(snapshot)
        seen, native = bytearray(len(snapshot)), native_graph()
        for share, finding in sorted(of_objects, key=lambda each: -each[0]):
            fresh = u4(native.unmarked(all_freed(finding.freed, snapshot), seen))
            for site, size in by_site(fresh, snapshot).sizes.items():
                line = line_of.get(site)
                if line in at_lines:
                    at_lines[line] += share * size
                else:
                    total += share * size
    return total + sum(max(part, at_lines[line]) for line, part in of_lines.items())


def _lines_of_sites(snapshot: Snapshot) -> dict[int, Line]:
    """Site -> the line of the program that it counts for."""
    stacks = snapshot.stacks
    return {
        site: stacks.frames[at][1:]
        for site, at, own in zip(stacks.site_ids, stacks.site_user_frames, stacks.site_own, strict=True)
        if not own
    }  # fmt: skip
