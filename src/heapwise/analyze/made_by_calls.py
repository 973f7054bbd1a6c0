"""What was made, and alive at the peak, while a library's function worked on all that a finding says should go.

A query set that reads its rows has the database's tuples beside them, a session that flushes has parameters of each
row: gone again when a snapshot is taken, or of no class that tells what they are. The stacks tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from heapwise import units
from heapwise.analyze.at_peak import sites_of
from heapwise.analyze.passing import Passing
from heapwise.analyze.total import below
from heapwise.model.finding import Finding
from heapwise.model.graph import native_graph, u4
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.stacks import Stacks

_LEAST_SHARE = 0.02


def with_calls(
    findings: Sequence[Finding], snapshot: Snapshot, recording: Recording
) -> Iterator[Finding]:
    """The findings with `freed.calls`, with what else these calls had made of what was alive at the peak: for the
    program's lines for which they made what goes, where they made any of that; else for all."""
    if not any(each.freed.calls for each in findings):
        yield from findings
        return
    passing, sites = Passing(recording), sites_of(snapshot)
    for finding in findings:
        more = _besides(finding, snapshot, recording, passing, sites) if finding.freed.calls else 0
        if more < max(1, _LEAST_SHARE * finding.saving_bytes):
            yield finding
            continue
        told = f"beside them {units.size(more)} more were alive at the peak that {finding.freed.calls[0]} had made"
        yield replace(
            finding, saving_bytes=finding.saving_bytes + more, evidence=(*finding.evidence, told)
        )


def frames_of(stacks: Stacks, calls: Collection[str]) -> set[int]:
    """The frames of functions of libraries, by their names."""
    return {
        at for at, frame in enumerate(stacks.frames)
        if frame.function in calls and not stacks.is_user_file(frame.file)
    }  # fmt: skip


def nodes_made_by(snapshot: Snapshot, calls: Collection[str]) -> Sequence[int]:
    """The objects of a snapshot that were made while one of these functions of libraries was at work."""
    stacks = snapshot.stacks
    marks = bytearray(max(stacks.site_ids, default=0) + 1)
    for row in Passing(stacks).sites_below(frames_of(stacks, calls)):
        marks[stacks.site_ids[row]] = 1
    return u4(native_graph().nodes_with(snapshot.nodes("site"), bytes(marks)))


def _besides(
    finding: Finding, snapshot: Snapshot, recording: Recording, passing: Passing, sites: Sequence[int]
) -> int:  # fmt: skip
    """What the calls had made at the peak, beyond what the finding knows of."""
    rows = passing.sites_below(frames_of(recording, finding.freed.calls))
    charged, held = recording.site_user_frames, recording.sites.figures["peak_bytes"]
    row_of = {recording.site_ids[row]: row for row in rows}
    sizes = snapshot.nodes("size_bytes")
    known = whole = 0
    lines = set()
    for node in {*finding.freed.nodes, *below(snapshot, finding.freed.roots)}:
        whole += sizes[node]
        if (row := row_of.get(sites[node])) is not None:
            known += sizes[node]
            lines.add(charged[row])
    made = sum(held[row] for row in rows if not lines or charged[row] in lines)
    return round(made - known * finding.saving_bytes / max(whole, 1))
