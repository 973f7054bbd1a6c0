"""Where the resident set goes, as far as a recording alone can tell: parts that add up to it.

What was allocated need not be resident (untouched pages), and what is resident need not have been
allocated through an allocator: the remainder is stated, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection

from heapwise.model.recording import Recording
from heapwise.model.table import Table
from heapwise.model.tables import KINDS, NOT_HEAP, Tick

_TITLES = {
    "pymalloc": "small Python objects",
    "python": "larger Python blocks",
    "malloc": "native allocations",
    "mmap": "anonymous mappings",
    "pool": "pools of libraries (touched pages)",
}


def peak_tick(recording: Recording) -> Tick | None:
    """The tick that saw the peak: the one whose heap comes nearest to it, then nearest in time."""
    summary = recording.summary
    return min(
        recording.ticks,
        key=lambda t: (abs(t.heap_bytes - summary.peak_bytes), abs(t.time_s - summary.peak_s)),
        default=None,
    )


def not_resident_bytes(recording: Recording) -> int:
    """How much of the heap's peak was surely not in memory: reserved by a pool, or untouched."""
    tick = peak_tick(recording)
    return 0 if tick is None else max(0, tick.heap_bytes - tick.rss_bytes)


def grown_bytes(recording: Recording, frames: Collection[int]) -> int:
    """By how much the resident set grew from when the main thread came to some frames until the heap's peak; 0 where it
    did not stand there then."""
    tick = peak_tick(recording)
    known: dict[int, bool] = {}

    def is_there(node: int) -> bool:
        if node not in known:
            above = recording.node_parents[node]
            known[node] = bool(node) and (recording.node_frames[node] in frames or is_there(above))
        return known[node]

    if tick is None or not is_there(tick.node):
        return 0
    before = 0
    for each in recording.ticks:
        if each.time_s > tick.time_s:
            break
        if each.node and not is_there(each.node):
            before = each.rss_bytes
    return max(0, tick.rss_bytes - before) if before else 0


def resident(recording: Recording) -> Table:
    """name, bytes, source: parts of the resident set at the heap's peak."""
    tick = peak_tick(recording)
    if tick is None:
        return Table(
            "resident", {"name": [], "bytes": [], "source": []}, "no time axis was recorded"
        )
    held = [0.0] * len(KINDS)
    sites = recording.sites
    for kind, size in zip(sites.kind, sites.figures["peak_bytes"], strict=True):
        held[kind] += size
    before = min(recording.summary.start_rss_bytes, tick.rss_bytes)
    names, sizes, sources = ["before recording began"], [before], ["resident set at the start"]
    left = tick.rss_bytes - before
    for number, title in enumerate(KINDS):
        if number in NOT_HEAP or held[number] <= 0:
            continue
        part = min(round(held[number]), max(left, 0))
        names.append(_TITLES[title])
        sizes.append(part)
        sources.append(f"live {title} blocks at the heap's peak")
        left -= part
    names.append("not attributed")
    sizes.append(left)
    sources.append(
        "resident, but no live block of the recording: allocator slack, libraries, files"
    )
    heap = sum(size for number, size in enumerate(held) if number not in NOT_HEAP)
    untouched = round(heap) - sum(sizes[1:-1])
    note = f"{untouched} bytes of the heap were allocated but not resident" if untouched > 0 else ""
    return Table("resident", {"name": names, "bytes": sizes, "source": sources}, note)
