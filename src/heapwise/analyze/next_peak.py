"""By how much is the peak lower when something goes? Until another moment is the highest one.

The ticks tell how much the heap held at each time, the moments what it was made of at some of them. Between two
moments, of which the peak is one, a line held at most what it held at either, and what it made more than once. So for
want of moments too much may be told here, and never too little.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from heapwise import units
from heapwise.analyze.line_costs import resolved
from heapwise.analyze.selection import charges
from heapwise.analyze.total import Line, below
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot

_WORTH_A_WORD = 0.02
_LEAST_PART = 0.01
_SEEN_OFTEN = 3
"""What was made more than once is known by the moments if so many of them fall on each time."""
_SHOWN_PART = 2 / 1024
"""Of the heap, with room: what a site must hold to show at a moment."""
_FREED_PART = 0.95
_KNOWN_PART = 0.9
"""Of what a finding frees its lines held so much at the least, or it is not known when the rest was there."""


class NextPeak:
    """Of one recording, and the snapshot of its run."""

    def __init__(self, recording: Recording, snapshot: Snapshot | None) -> None:
        self._recording, self._snapshot = recording, snapshot
        self._peak_bytes, self._peak_s = recording.summary.peak_bytes, recording.summary.peak_s
        self._held_by_line: dict[Line, tuple[list[float], list[float]]] = {}

    def lowered(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with what the whole peak is lower by, where another moment becomes the highest one."""
        return [self._lowered(each) for each in findings]

    def _lowered(self, finding: Finding) -> Finding:
        lines = self._lines_of(finding)
        if not lines or not finding.saving_bytes:
            return finding
        of_objects = bool(finding.freed.nodes or finding.freed.roots)
        at_most = self.at_most_bytes(lines, finding.saving_bytes, of_objects=of_objects)
        if finding.saving_bytes - at_most <= _WORTH_A_WORD * finding.saving_bytes:
            return finding
        told = (
            f"it frees {units.size(finding.saving_bytes)} there; then another moment is the peak, "
            f"{units.size(at_most)} lower"
        )
        return replace(finding, saving_bytes=at_most, evidence=(*finding.evidence, told))

    def at_most_bytes(self, lines: Set[Line], freed_bytes: int, *, of_objects: bool = False) -> int:
        """By how much the peak is lower without so many of the bytes that some lines held at it. of_objects: others
        of the kind, that other lines make, may go as well: only the time before them tells."""
        rows = set().union(*(self._rows_of.get(line, ()) for line in lines))
        figures, moments = self._recording.sites.figures, self._recording.moments
        held = sum(figures["peak_bytes"][row] for row in rows)
        # The time of the peak is that of the tick before it.
        after_peak = bisect_right(moments, self._peak_s, key=lambda each: each.time_s)
        times = [each.time_s for each in moments]
        times.insert(after_peak, self._peak_s)
        held_at, held_between = self._held(lines, after_peak)
        if held < _KNOWN_PART * freed_bytes:
            of_peak = self._snapshot is None or self._snapshot.is_of_peak
            if not of_peak or max(held_at) < _KNOWN_PART * freed_bytes:
                return freed_bytes  # it is not of the peak, or made elsewhere, too
            freed_bytes = round(held)  # the rest was there at another moment, nearly as high
        if not freed_bytes:
            return 0
        part = min(1.0, freed_bytes / held)
        begins = self._begins_s(lines)
        tells = self._tells(held, begins, of_objects=of_objects)
        highest = 0.0
        for tick in self._recording.ticks:
            if tells(tick.time_s):
                there = (
                    held_between[bisect_left(times, tick.time_s)] if tick.time_s >= begins else 0.0
                )
                highest = max(highest, tick.heap_bytes - part * there)
        for at, (held_then, there) in enumerate(
            zip(self._held_by_all(after_peak), held_at, strict=True)
        ):
            if at != after_peak and tells(times[at]):
                highest = max(highest, held_then - part * there)
        return min(freed_bytes, max(0, round(self._peak_bytes - highest)))

    def _held(self, lines: Set[Line], after_peak: int) -> tuple[list[float], list[float]]:
        """What some lines held at each moment, the peak being one, and at most before each and after the last."""
        count = len(self._recording.moments) + 1
        at_moments, between = [0.0] * count, [0.0] * (count + 1)
        for line in sorted(lines):
            if line not in self._held_by_line:
                self._held_by_line[line] = self._held_by(line, after_peak)
            at_moments, between = (
                [sum(pair) for pair in zip(*both, strict=True)]
                for both in zip((at_moments, between), self._held_by_line[line], strict=True)
            )
        return at_moments, between

    def _held_by(self, line: Line, after_peak: int) -> tuple[list[float], list[float]]:
        figures, moments_count = self._recording.sites.figures, len(self._recording.moments)
        at_moments, between = [0.0] * (moments_count + 1), [0.0] * (moments_count + 2)
        always = unseen_by_all = 0.0
        for row in self._rows_of.get(line, ()):
            at_peak, total = figures["peak_bytes"][row], figures["total_bytes"][row]
            known, is_small = self._levels.get(row), at_peak < _SHOWN_PART * self._peak_bytes
            if known is None and is_small:  # as most: they are many
                always += at_peak
                often = at_peak <= 0 or (moments_count + 1) * at_peak >= _SEEN_OFTEN * total
                unseen_by_all += 0 if often else total - at_peak
                continue
            levels = known or [0.0] * moments_count
            if is_small:  # moments do not show it
                levels = [max(level, at_peak) for level in levels]
            levels = [*levels[:after_peak], at_peak, *levels[after_peak:]]
            most, seen = max(levels), sum(level > 0 for level in levels)
            # Of what the line made besides, and is not there at the peak, the moments tell.
            often = at_peak <= 0 or seen * most >= _SEEN_OFTEN * total
            unseen_by_all += 0 if often else total - most
            at_moments = [sum(pair) for pair in zip(at_moments, levels, strict=True)]
            for at, near in enumerate(pairwise([0.0, *levels, 0.0])):
                between[at] += max(near)
        unseen_or_held = always + unseen_by_all
        return [each + always for each in at_moments], [each + unseen_or_held for each in between]

    def _tells(self, held: float, begins: float, *, of_objects: bool) -> Callable[[float], bool]:
        """Whether what the heap held at a time tells of what stays. After the peak other lines may have what these
        made: a buffer that another one shortens, objects in the place of others; until as much has been freed."""
        over = next(
            (
                tick.time_s for tick in self._recording.ticks
                if tick.time_s > self._peak_s and tick.heap_bytes <= self._peak_bytes - _FREED_PART * held
            ),
            float("inf"),
        )  # fmt: skip
        last = begins if of_objects else self._peak_s
        return lambda time_s: time_s < last or time_s > over

    def _held_by_all(self, after_peak: int) -> list[int]:
        """The heap at each moment, as the moment itself knows it: the tick beside it is a little earlier."""
        sums = [sum(size for _, size in each.held) for each in self._recording.moments]
        return [*sums[:after_peak], self._peak_bytes, *sums[after_peak:]]

    def _begins_s(self, lines: Set[Line]) -> float:
        """Until when some lines had not run: the last moment before the main thread stood there first, or they held
        something. 0 where the main thread was never seen there: another one runs them."""
        recording, at_line = self._recording, [False]
        here = [(resolved(each.file), each.line) in lines for each in recording.frames]
        parents, frames = recording.node_parents, recording.node_frames
        for node in range(1, len(parents)):
            at_line.append(here[frames[node]] or at_line[parents[node]])
        first = next((tick.time_s for tick in recording.ticks if at_line[tick.node]), 0.0)
        rows = set().union(*(self._rows_of.get(line, ()) for line in lines))
        begins = 0.0
        for moment in recording.moments:
            if moment.time_s > first or any(row in rows for row, _ in moment.held):
                break
            begins = moment.time_s
        return begins

    @cached_property
    def _levels(self) -> dict[int, list[float]]:
        """Row -> what it held at each moment."""
        found: dict[int, list[float]] = {}
        for at, moment in enumerate(self._recording.moments):
            for row, size in moment.held:
                found.setdefault(row, [0.0] * len(self._recording.moments))[at] = size
        return found

    def _lines_of(self, finding: Finding) -> set[Line]:
        """The lines of what a finding frees: what an object refers to is made beside it."""
        held: dict[Line, float] = dict(finding.freed.lines)
        if self._snapshot is not None:
            sites, sizes = self._snapshot.nodes("site"), self._snapshot.nodes("size_bytes")
            line_of = self._line_of
            for node in {*finding.freed.nodes, *below(self._snapshot, finding.freed.roots)}:
                if (line := line_of.get(sites[node])) is not None:
                    held[line] = held.get(line, 0) + sizes[node]
        least = _LEAST_PART * sum(held.values())
        return {line for line, size in held.items() if size >= least}

    @cached_property
    def _line_of(self) -> dict[int, Line]:
        """Site -> the line that it counts for."""
        return dict(zip(self._recording.site_ids, self._lines, strict=True))

    @cached_property
    def _rows_of(self) -> dict[Line, set[int]]:
        found: dict[Line, set[int]] = {}
        for row, line in enumerate(self._lines):
            found.setdefault(line, set()).add(row)
        return found

    @cached_property
    def _lines(self) -> list[Line]:
        """Of each row the line that it counts for."""
        frames = self._recording.frames
        charged = (frames[at] for at in charges(self._recording).of_sites)
        return [(resolved(frame.file), frame.line) for frame in charged]
