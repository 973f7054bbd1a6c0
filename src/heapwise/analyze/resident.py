"""Where the resident set goes, as far as a recording alone can tell: parts that add up to it.

What was allocated need not be resident (untouched pages), and what is resident need not have been
allocated through an allocator: the remainder is stated, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

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

_TOUCHED = "pool"
"""The kind of which pages that were touched are counted, and no more."""
_SAME = 0.01
"""Of the heap: where it is lower by less than that, it is as high as at the peak."""


def peak_tick(recording: Recording) -> Tick | None:
    """The tick that saw the peak: the one whose heap comes nearest to it, then nearest in time."""
    summary = recording.summary
    return min(
        recording.ticks,
        key=lambda t: (abs(t.heap_bytes - summary.peak_bytes), abs(t.time_s - summary.peak_s)),
        default=None,
    )


def fullest_tick(recording: Recording) -> Tick | None:
    """Of the ticks around the peak's while the heap stayed that high, the one with the most in memory: what has just
    been allocated is written afterwards."""
    tick = peak_tick(recording)
    if tick is None:
        return None
    ticks = recording.ticks
    least = (1 - _SAME) * tick.heap_bytes
    first = last = ticks.index(tick)
    while first > 0 and ticks[first - 1].heap_bytes >= least:
        first -= 1
    while last + 1 < len(ticks) and ticks[last + 1].heap_bytes >= least:
        last += 1
    return max(ticks[first : last + 1], key=lambda each: each.rss_bytes)


def not_resident_bytes(recording: Recording) -> int:
    """How much of the heap's peak was surely not in memory: reserved by a pool, or untouched."""
    tick = fullest_tick(recording)
    return 0 if tick is None else max(0, tick.heap_bytes - tick.rss_bytes)


def grown_bytes(recording: Recording, frames: Collection[int]) -> int:
    """By how much the resident set grew from when the main thread came to some frames until the heap's peak; 0 where it
    did not stand there then. A tick that did not look is between two that did."""
    tick, fullest = peak_tick(recording), fullest_tick(recording)
    known: dict[int, bool] = {}

    def is_there(node: int) -> bool:
        if node not in known:
            above = recording.node_parents[node]
            known[node] = bool(node) and (recording.node_frames[node] in frames or is_there(above))
        return known[node]

    if tick is None or fullest is None:
        return 0
    later = (each for each in recording.ticks if each.time_s > tick.time_s and each.was_looked_at)
    after = tick if tick.was_looked_at else next(later, tick)
    if not (is_there(tick.node) or is_there(after.node)):
        return 0
    before = 0
    for each in recording.ticks:
        if each.time_s > tick.time_s:
            break
        if each.was_looked_at and each.node and not is_there(each.node):
            before = each.rss_bytes
    return max(0, fullest.rss_bytes - before) if before else 0


def resident(recording: Recording) -> Table:
    """name, bytes, source: parts of the resident set at the heap's peak."""
    tick = fullest_tick(recording)
    if tick is None:
        return Table(
            "resident", {"name": [], "bytes": [], "source": []}, "no time axis was recorded"
        )
    held = _held(recording)
    given: list[tuple[str, int, str]] = []
    left = tick.rss_bytes
    for title, size, source in _parts(recording, tick, held):
        part = min(size, max(left, 0))
        if part > 0:
            given.append((title, part, source))
            left -= part
    given.append(("not attributed", left, "free memory of the allocators, and their own tables"))
    names, sizes, sources = (list(column) for column in zip(*given, strict=True))
    titles = {_TITLES[title] for title in held}
    touched = sum(size for name, size, _ in given if name in titles)
    untouched = sum(held.values()) - touched
    note = f"{untouched} bytes of the heap were allocated but not resident" if untouched > 0 else ""
    return Table("resident", {"name": names, "bytes": sizes, "source": sources}, note)


def _held(recording: Recording) -> dict[str, int]:
    """The heap's peak by kind."""
    held = [0.0] * len(KINDS)
    sites = recording.sites
    for kind, size in zip(sites.kind, sites.figures["peak_bytes"], strict=True):
        held[kind] += size
    return {
        title: round(size)
        for number, (title, size) in enumerate(zip(KINDS, held, strict=True))
        if number not in NOT_HEAP and size > 0
    }


def _parts(
    recording: Recording, tick: Tick, held: Mapping[str, int]
) -> Iterator[tuple[str, int, str]]:
    """name, bytes, source: what asks for a part of the resident set, first come first served: what is known to be
    resident before what has been allocated, which need not be."""
    summary = recording.summary
    yield "before recording began", summary.start_rss_bytes, "resident set at the start"
    since = tick.file_bytes - summary.start_file_bytes
    yield "libraries, files, shared memory", since, "their pages that came in since the start"
    yield "the recorder", summary.own_bytes, "its own tables, at their largest"
    for title in sorted(held, key=lambda each: each != _TOUCHED):
        yield _TITLES[title], held[title], f"live {title} blocks at the heap's peak"
