"""What does this recording not say? Each limit that was reached, each thing that was not measured."""

from __future__ import annotations

import os

from heapwise.model.family import Family
from heapwise.model.merged import MergedRecording
from heapwise.model.recording import Recording
from heapwise.model.tables import POOL_KIND


def limits(recording: Recording) -> list[str]:
    """Sentences for the foot of a report; empty when there is nothing to warn of."""
    summary = recording.summary
    found = []
    if recording.cut:
        found.append("The file was cut; it was read as far as it goes.")
    elif not summary.complete:
        found.append(
            f"The recording was not ended (the program was killed, or its file could not be written); it ends "
            f"{summary.duration_s:.1f} s after its start."
        )
    if summary.write_errno:
        found.append(
            f"A write failed ({os.strerror(summary.write_errno)}); the file holds the state before it."
        )
    if summary.stacks_full:
        found.append("The tables of stacks were full (4 million); later stacks are missing.")
    if summary.out_of_memory:
        found.append("The kernel gave the recorder no more memory; later blocks are missing.")
    if summary.missed_events_count:
        found.append(
            f"{summary.missed_events_count} allocations inside signal handlers were not recorded."
        )
    if summary.inherited_bytes:
        found.append(
            f"{summary.inherited_bytes} bytes were inherited at the fork; they count for the parent."
        )
    if summary.sampled:
        found.append(
            f"Sampled, one block in {summary.sampling_interval_bytes} bytes on average: figures are "
            "estimates; margins are for 95 %."
        )
    if isinstance(recording, MergedRecording):
        found.append(
            f"Figures are of {len(recording.members)} processes together, at the moment when their "
            "heaps added up to most; resident sets count pages that they share once for each."
        )
    sites = recording.sites
    pools = sum(
        size
        for kind, size in zip(sites.kind, sites.figures["peak_bytes"], strict=True)
        if kind == POOL_KIND
    )
    if pools > 0:
        found.append(
            f"{round(pools)} bytes of the peak are pools that libraries keep for themselves: their "
            "touched pages are counted, for the line that made the pool, and not the blocks in them."
        )
    found.append("Not seen: memory that native code asks of the kernel without the C library.")
    return found


def limits_of_family(family: Family) -> list[str]:
    """What is missing of the processes of a run."""
    found = [f"A child process is missing: {why}." for why in family.unreadable[:3]]
    if len(family.unreadable) > 3:
        found.append(f"{len(family.unreadable) - 3} more child processes could not be read.")
    killed = sum(not child.summary.complete for child in family.children)
    if killed:
        found.append(
            f"{killed} child processes did not end by themselves; their recordings end before them."
        )
    if family.unrecorded_count:
        found.append(
            f"{family.unrecorded_count} child processes were not recorded: the run had its fill of files."
        )
    if family.left_out_count:
        found.append(
            f"The {family.left_out_count} smallest child processes are not in these figures."
        )
    return found
