"""What stays between two looks at the heap? What busy moments add, and looks happen to meet, is no growth."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot

_STAYS_SHARE = 0.5
"""So much of what looks show as growth has not gone between them, where it is growth."""


def lowest_between(recording: Recording, snapshots: Sequence[Snapshot]) -> list[int]:
    """The lowest heap, in bytes, from each snapshot to the next, one less than there are snapshots; empty where the
    recording has no time axis, or they are of another."""
    started = {each.figure("recorder_started_ns") for each in snapshots}
    ticks = recording.ticks
    if len(started) != 1 or not ticks:
        return []
    start = started.pop()
    times = [(each.figure("taken_ns") - start) / 1e9 for each in snapshots]
    heaps = [each.figure("heap_bytes") for each in snapshots]
    lowest = [min(pair) for pair in pairwise(heaps)]
    step = 0
    for tick in ticks:
        while step < len(lowest) and tick.time_s > times[step + 1]:
            step += 1
        if step < len(lowest) and tick.time_s >= times[step]:
            lowest[step] = min(lowest[step], tick.heap_bytes)
    return lowest


def is_passing(levels: Sequence[float], lowest: Sequence[float]) -> bool:
    """Whether what levels have grown by at the looks was gone between them: lowest as of `lowest_between`, for as
    many looks. What came after the last look but one has not had the time to go."""
    if len(lowest) != len(levels) - 1 or len(lowest) < 2:
        return False
    least = _STAYS_SHARE * (levels[-1] - levels[0])
    grown = [level - levels[0] for level in levels[:-1]]
    if any(by >= least and by > low for by, low in zip(grown, lowest, strict=True)):
        return True  # all of the heap was less than that
    return grown[-1] >= least > 0 and lowest[-1] - lowest[0] < _STAYS_SHARE * grown[-1]
