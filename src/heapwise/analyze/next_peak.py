"""By how much is the peak lower when something goes? Until another moment is the highest one.

The ticks tell how much the heap held at each time, and where the main thread stood; the moments what it was made of at
some times. Before the lines of a finding ran first, and after all that they held has been freed, the heap was of other
things, which stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from functools import cached_property

from heapwise import units
from heapwise.analyze.freed import all_freed, by_site
from heapwise.analyze.order import Order
from heapwise.analyze.passing import resolved
from heapwise.analyze.total import Line
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame, Tick

_WORTH_A_WORD, _LEAST_PART = 0.02, 0.01
"""Of a saving: less is not told; of what a finding frees: lines that made less are not looked at."""
_FREED_PART = 0.95
"""Of what lines held so much must be gone for the heap to be of other things."""
_KNOWN_PART = 0.9
"""Of what a finding frees its lines held so much at the least, or it is not known when the rest was there."""
_OF_THREADS = "Thread._bootstrap"
"""What other threads begin with, below the line that has started them."""


Function = tuple[str, str]
"""Its name and its file."""


class NextPeak:
    """Of one recording, and the snapshot of its run."""

    def __init__(self, recording: Recording, snapshot: Snapshot | None) -> None:
        self._recording, self._snapshot = recording, snapshot
        self._peak_bytes, self._peak_s = recording.summary.peak_bytes, recording.summary.peak_s
        self._order = Order(recording)
        self._before: dict[tuple[int, frozenset[int]], bool] = {}
        self._stacks: dict[int, tuple[frozenset[Line], frozenset[Function]]] = {}

    def lowered(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with what the whole peak is lower by, where another moment becomes the highest one."""
        return [self._lowered(each) for each in findings]

    def _lowered(self, finding: Finding) -> Finding:
        lines = self._lines_of(finding)
        if not lines or not finding.saving_bytes:
            return finding
        at_most = self.at_most_bytes(lines, finding.saving_bytes)
        if finding.freed.later_bytes is not None:
            at_most = min(at_most, self._afterwards_bytes(lines, finding.freed.later_bytes))
        if finding.saving_bytes - at_most <= _WORTH_A_WORD * finding.saving_bytes:
            return finding
        told = (
            f"it frees {units.size(finding.saving_bytes)} there; then another moment is the peak, "
            f"{units.size(at_most)} lower"
        )
        return replace(finding, saving_bytes=at_most, evidence=(*finding.evidence, told))

    def at_most_bytes(self, lines: frozenset[Line], freed_bytes: int) -> int:
        """By how much the peak is lower without so many of the bytes that some lines held at it. While they hold
        something, other lines may hold what was made of that: only the time before and after tells."""
        rows = set().union(*(self._rows_of.get(line, ()) for line in lines))
        figures = self._recording.sites.figures["peak_bytes"]
        held = sum(figures[row] for row in rows)
        if held < _KNOWN_PART * freed_bytes:
            return freed_bytes  # made elsewhere, too
        seen = self._seen_s(lines, rows)
        if not seen:
            return freed_bytes  # another thread runs them
        moments = [each.time_s for each in self._recording.moments]
        first, last = min(seen), max(*seen, self._peak_s)
        begins = self._begins_s(
            max((each for each in moments if each < first), default=0.0), first, rows
        )
        last = min((each for each in moments if each > last), default=float("inf"))
        ticks = self._recording.ticks
        enough = self._peak_bytes - _FREED_PART * held
        ends = next(
            (t.time_s for t in ticks if t.time_s > last and t.heap_bytes <= enough), float("inf")
        )
        outside = (tick for tick in ticks if not begins < tick.time_s < ends)
        highest = max((max(each.heap_bytes, each.highest_bytes) for each in outside), default=0)
        highest = max(highest, self._highest_between(lines, rows, enough))
        return min(freed_bytes, max(0, round(self._peak_bytes - highest)))

    def _highest_between(self, lines: frozenset[Line], rows: Set[int], enough: float) -> int:
        """The most that the heap held between two times that some lines run, as in a loop: when it had fallen so far
        that what they held was gone, while the main thread stayed in a function that leads to none of them. 0 where
        other threads run them, too, which go on meanwhile."""
        recording, highest, is_gone, was_low = self._recording, 0, False, False
        parents, frames = recording.sites.parent, recording.site_user_frames
        leading = frozenset(
            (frame.function, frame.file) for frame in (self._frames[frames[row]] for row in rows)
        ).union(*(self._stack(parents[row])[1] for row in rows))
        if any(name.endswith(_OF_THREADS) for name, _ in leading):
            return 0
        held_s = [t.time_s for t in recording.moments if any(row in rows for row, _ in t.held)]
        before_s, before, since = 0.0, None, list[Tick]()
        apart: dict[int, Function | None] = {}
        for tick in recording.ticks:
            since.append(tick)
            if not tick.was_looked_at:
                continue
            if tick.node not in apart:
                apart[tick.node] = self._apart_from(leading, tick.node)
            work = apart[tick.node]
            lines_run = not lines.isdisjoint(self._stack(tick.node)[0])
            stays = work is not None and work == before
            if lines_run or not stays or any(before_s < each <= tick.time_s for each in held_s):
                is_gone = False  # the lines may have run meanwhile
            else:
                if is_gone:
                    highest = max(highest, *(max(t.heap_bytes, t.highest_bytes) for t in since))
                # Twice: what a tick tells of the heap may be of another time than its look.
                is_gone = is_gone or (was_low and tick.heap_bytes <= enough)
            is_low = tick.heap_bytes <= enough
            before_s, before, was_low, since = tick.time_s, work, is_low, []
        return highest

    def _apart_from(self, leading: Set[Function], node: int) -> Function | None:
        """The outermost function of a stack that is none of some."""
        found, at = None, node
        while at > 0:
            frame = self._frames[self._recording.node_frames[at]]
            function = frame.function, frame.file
            found = found if function in leading else function
            at = self._recording.node_parents[at]
        return found

    def _afterwards_bytes(self, lines: frozenset[Line], later_bytes: int) -> int:
        """By how much the peak is lower where lines that have run leave so much less, if the main thread was seen
        at them."""
        ticks, peak = self._recording.ticks, round(self._peak_bytes)
        stood = [tick.time_s for tick in ticks if not lines.isdisjoint(self._stack(tick.node)[0])]
        after = (tick.heap_bytes for tick in ticks if stood and tick.time_s > stood[-1])
        return peak - max(0, round(max(after, default=0)) - later_bytes)

    def _begins_s(self, moment_s: float, first_s: float, rows: Set[int]) -> float:
        """The tick before the last one at which the main thread had not yet come to some lines, which held nothing at a
        moment before they are first seen. (What a tick tells of the heap may be of a time after its look.)"""
        found = before_s = moment_s
        for tick in self._recording.ticks:
            if not moment_s < tick.time_s < first_s or not tick.highest_bytes:
                continue
            if tick.was_looked_at and not self._is_before(tick.node, rows):
                break
            found = before_s if tick.was_looked_at else found
            before_s = tick.time_s
        return found

    def _is_before(self, node: int, rows: Set[int]) -> bool:
        key = node, frozenset(rows)
        if key not in self._before:
            self._before[key] = self._order.is_before_all(node, rows)
        return self._before[key]

    def _seen_s(self, lines: frozenset[Line], rows: Set[int]) -> list[float]:
        """When the main thread stood at some lines, and when they held something; empty where it never was in their
        functions."""
        recording = self._recording
        stood = [
            tick.time_s
            for tick in recording.ticks
            if tick.was_looked_at and not lines.isdisjoint(self._stack(tick.node)[0])
        ]
        held = [
            each.time_s for each in recording.moments if any(row in rows for row, _ in each.held)
        ]
        if not stood:  # a line may be done before the next tick, each time
            of_row = self._recording.site_user_frames
            functions = {self._frames[of_row[row]][:2] for row in rows}
            came_by = (
                not functions.isdisjoint(self._stack(tick.node)[1]) for tick in recording.ticks
            )
            return held if any(came_by) else []
        return [*stood, *held]

    def _stack(self, node: int) -> tuple[frozenset[Line], frozenset[Function]]:
        """The lines of a stack, and its functions."""
        if node not in self._stacks:
            lines: set[Line] = set()
            functions: set[Function] = set()
            frames, at = self._recording.frames, node
            while at > 0:
                frame = frames[self._recording.node_frames[at]]
                file = resolved(frame.file)
                lines.add((file, frame.line))
                functions.add((frame.function, file))
                at = self._recording.node_parents[at]
            self._stacks[node] = frozenset(lines), frozenset(functions)
        return self._stacks[node]

    def _lines_of(self, finding: Finding) -> frozenset[Line]:
        """The lines of what a finding frees: what an object refers to is made beside it. Those that hold nothing are at
        work for it at other times."""
        held: dict[Line, float] = dict(finding.freed.lines)
        if self._snapshot is not None:
            line_of, freed = self._line_of, all_freed(finding.freed, self._snapshot)
            for site, size in by_site(freed, self._snapshot).sizes.items():
                if (line := line_of.get(site)) is not None:
                    held[line] = held.get(line, 0) + size
        least = _LEAST_PART * sum(held.values())
        return frozenset(line for line, size in held.items() if size >= least or not size)

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
        places = [(frame.file, frame.line) for frame in self._frames]
        return [places[at] for at in self._recording.site_user_frames]

    @cached_property
    def _frames(self) -> list[Frame]:
        """The recording's, their files resolved."""
        return [each._replace(file=resolved(each.file)) for each in self._recording.frames]
