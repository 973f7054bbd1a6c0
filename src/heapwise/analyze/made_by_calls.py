"""What was made, and alive at the peak, while a library's function worked on all that a finding says should go.

A query set that reads its rows has the database's tuples beside them, a session that flushes has parameters of each
row: gone again when a snapshot is taken, or of no class that tells what they are. The stacks tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from heapwise.analyze.at_peak import rises_of, sites_of
from heapwise.analyze.freed import all_freed, by_site
from heapwise.analyze.passing import Passing
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.stacks import Stacks

_LEAST_SHARE, _LEAST_PART = 0.02, 0.05


def with_calls(
    findings: Sequence[Finding], snapshot: Snapshot, recording: Recording
) -> Iterator[Finding]:
    """The findings with `freed.calls`, with what else these calls had made of what was alive at the peak: for the
    program's lines for which they made what goes, where they made any of that; else for all."""
    if not any(each.freed.calls for each in findings):
        yield from findings
        return
    passing, sites = Passing(recording), sites_of(snapshot)
    rises = rises_of(snapshot, recording)
    for finding in findings:
        if not finding.freed.calls:
            yield finding
            continue
        more, most = _besides(finding, snapshot, recording, passing, sites, rises)
        saving = min(finding.saving_bytes + max(more, 0), most)
        if abs(saving - finding.saving_bytes) < _LEAST_SHARE * finding.saving_bytes:
            yield finding
            continue
        told = f"with what {finding.freed.calls[0]} made beside them; no more than these lines held at the peak"
        yield replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))


def frames_of(stacks: Stacks, calls: Collection[str]) -> set[int]:
    """The frames of functions of libraries, by their names."""
    return {
        at for at, frame in enumerate(stacks.frames)
        if frame.function in calls and not stacks.is_user_file(frame.file)
    }  # fmt: skip


def nodes_made_by(snapshot: Snapshot, calls: Collection[str]) -> Sequence[int]:
    """The objects of a snapshot that were made while one of these functions of libraries was at work."""
    stacks = snapshot.stacks
    rows = Passing(stacks).sites_below(frames_of(stacks, calls))
    return snapshot.nodes_of_sites(stacks.site_ids[row] for row in rows)


def is_made_by(snapshot: Snapshot, node: int, calls: Collection[str]) -> bool:
    """Whether an object was made, or a container's table made as large as it is, while one of these was at work."""
    return any(each.function in calls for each in snapshot.stack_of(node, grown=True))


def _besides(
    finding: Finding, snapshot: Snapshot, recording: Recording, passing: Passing, sites: Sequence[int],
    rises: Mapping[int, float],
) -> tuple[int, int]:  # fmt: skip
    """What the calls had made at the peak, beyond what the finding knows of; and the most that can go: what the calls
    and the lines that made what goes held; of lines of which nearly all stays what goes of them."""
    rows = passing.sites_below(frames_of(recording, finding.freed.calls))
    charged, held = recording.site_user_frames, recording.sites.figures["peak_bytes"]
    by_calls, row_of = set(rows), recording.site_rows
    known = whole = 0.0
    unknown, with_objects = 0, set[int]()
    lines: dict[int, float] = {}
    lines_of_calls = set()
    for site, size in by_site(all_freed(finding.freed, snapshot), snapshot, sites).sizes.items():
        at_peak_bytes = size * rises.get(site, 1.0)
        whole += at_peak_bytes
        if (row := row_of.get(site)) is None:
            unknown += size
            continue
        lines[charged[row]] = lines.get(charged[row], 0.0) + at_peak_bytes
        with_objects.add(row)
        if row in by_calls:
            known += at_peak_bytes
            lines_of_calls.add(charged[row])
    made = [row for row in rows if not lines_of_calls or charged[row] in lines_of_calls]
    # What the first call imports and compiles stays, whatever it works on.
    left = recording.sites.figures["in_use_bytes"]

    def goes(row: int) -> float:
        return held[row] if row in with_objects else max(0.0, held[row] - left[row])

    by_made = sum(map(goes, made))
    more = by_made - known * finding.saving_bytes / max(whole, 1)
    of_made = set(made)
    beside = dict.fromkeys(lines, 0.0)  # what the lines held, but for what the calls made
    for row, frame in enumerate(charged):
        if frame in beside and row not in of_made:
            beside[frame] += goes(row)
    most = sum(
        beside[frame] if known_bytes >= _LEAST_PART * beside[frame] else known_bytes
        for frame, known_bytes in lines.items()
    )
    return round(more), round(unknown + most + by_made)
