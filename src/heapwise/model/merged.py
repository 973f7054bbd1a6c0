"""Several processes as one recording.

Totals add up. The peak is that of the processes together: the moment when their heaps, added up on
the common clock, were largest. What each process held then is taken from whatever it recorded
nearest to that moment: its own peak, its end, or a moment of its timeline (which leaves out
sites below 1/1024 of its heap).
"""

from __future__ import annotations

import dataclasses
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from heapwise.model.recording import Recording
from heapwise.model.tables import (
    FIGURES,
    NOT_HEAP,
    Call,
    Collections,
    Cpu,
    Frame,
    Moment,
    Pause,
    Share,
    Sites,
    Summary,
    Tick,
)

_MOST_TICKS = 2048
_MOST_MOMENTS = 256
_CLOCK_S = 0.0011
_AGREES_SHARE, _AGREES_BYTES = 0.05, 1 << 20


class MergedRecording(Recording):
    """The answer of `merge`: a recording whose tables are made of its members'."""

    def __init__(self, members: Sequence[Recording]) -> None:
        main = members[0]
        self.path = main.path
        self.meta = main.meta
        self.members = tuple(members)
        self._starts = [m.summary.started_s - main.summary.started_s for m in members]
        self._ends = [
            start + m.summary.duration_s for start, m in zip(self._starts, members, strict=True)
        ]
        self.ticks = self._ticks()
        heaviest = max(self.ticks, key=lambda t: t.heap_bytes, default=Tick(0.0, 0, 0, 0))
        self._peak_s = heaviest.time_s
        self._merge_stacks()
        self.summary = self._summary()
        self.moments = self._moments()

    @cached_property
    def collections(self) -> Sequence[Collections]:
        """Of all processes, added up; the longest is the longest of any."""
        return [
            Collections(
                *(max(column) if name == "longest_ns" else sum(column)
                  for name, column in zip(Collections._fields, zip(*rows, strict=True), strict=True))
            )
            for rows in zip(*(m.collections for m in self.members if m.collections), strict=False)
        ]  # fmt: skip

    @cached_property
    def sharing(self) -> Sequence[Share]:
        """Of no single process: ask the members."""
        return []

    @cached_property
    def pauses(self) -> Sequence[Pause]:
        """Of all processes, on the common clock."""
        return sorted(
            pause._replace(time_s=pause.time_s + start)
            for start, member in zip(self._starts, self.members, strict=True)
            for pause in member.pauses
        )

    @cached_property
    def calls(self) -> Sequence[Call]:
        """Of all processes, added up by function."""
        return _added_calls(self.members)

    @property
    def calls_complete(self) -> bool:
        """Whether all processes counted to their end."""
        return all(member.calls_complete for member in self.members)

    @cached_property
    def first_lines(self) -> Mapping[tuple[str, int, str], str]:
        """As the processes have them."""
        return {k: v for member in self.members for k, v in member.first_lines.items()}

    @property
    def cut(self) -> bool:
        """Whether any member's file was found cut."""
        return any(member.cut for member in self.members)

    @property
    def frames(self) -> Sequence[Frame]:
        """Distinct frames of all members."""
        return self._frames

    def source_line(self, file: str, line: int) -> str:
        """The text of a line, as the main process's recording has it."""
        return self.members[0].source_line(file, line)

    def is_as_it_ran(self, file: str) -> bool:
        """As the run's main process knew it."""
        return self.members[0].is_as_it_ran(file)

    def is_user_file(self, file: str) -> bool:
        """Whether a source file is the program's own, as the main process sees it."""
        return self.members[0].is_user_file(file)

    # ------------------------------------------------------------------------------ made of members

    def _merge_stacks(self) -> None:
        index: dict[Frame, int] = {}
        node_parents, node_frames = array("I", [0]), array("i", [-1])
        frame, parent, kind = array("I"), array("I"), array("B")
        own = bytearray()
        figures: dict[str, Sequence[float]] = {name: array("d") for name in FIGURES}
        self._first_row: list[int] = []
        cpu = Cpu(*(array("Q") for _ in dataclasses.fields(Cpu)))
        for member, start, end in zip(self.members, self._starts, self._ends, strict=True):
            ids = [index.setdefault(f, len(index)) for f in member.frames]
            shift = len(node_parents) - 1
            node_parents.extend(p + shift if p else 0 for p in member.node_parents[1:])
            node_frames.extend(ids[f] for f in member.node_frames[1:])
            for field in dataclasses.fields(Cpu):
                values = getattr(member.cpu, field.name)
                if field.name == "node":
                    values = [node + shift if node else 0 for node in values]
                getattr(cpu, field.name).extend(values)
            sites = member.sites
            self._first_row.append(len(frame))
            frame.extend(ids[f] for f in sites.frame)
            parent.extend(p + shift if p else 0 for p in sites.parent)
            kind.extend(sites.kind)
            own.extend(sites.own)
            at_peak = _held_at(member, self._peak_s, start, end)
            for name in FIGURES:
                values = at_peak.get(name, sites.figures[name])
                figures[name].extend(values)  # type: ignore[attr-defined]
        self._frames = list(index)
        self.cpu = cpu
        self.node_parents = node_parents
        self.node_frames = node_frames
        self.sites = Sites(frame, parent, kind, bytes(own), figures)
        self.site_frames, self.site_parents, self.site_own = frame, parent, bytes(own)

    def _summary(self) -> Summary:
        all_of = [member.summary for member in self.members]
        alive = [
            s
            for s, start, end in zip(all_of, self._starts, self._ends, strict=True)
            if start <= self._peak_s <= end
        ]
        held = zip(self.sites.kind, self.sites.figures["peak_bytes"], strict=True)
        resident = max(self.ticks, key=lambda t: t.rss_bytes, default=Tick(0.0, 0, 0, 0))
        added = {
            field.name: sum(getattr(s, field.name) for s in all_of)
            for field in dataclasses.fields(Summary)
            if field.name.endswith(("_bytes", "_count")) or field.name in ("own_s", "ticker_s")
        }
        changed = {
            "sampling_interval_bytes": max(s.sampling_interval_bytes for s in all_of),
            "peak_bytes": round(sum(size for kind, size in held if kind not in NOT_HEAP)),
            "peak_rss_bytes": resident.rss_bytes,
            "start_rss_bytes": sum(s.start_rss_bytes for s in alive),
            "start_file_bytes": sum(s.start_file_bytes for s in alive),
            "inherited_bytes": 0,  # what a child inherited is its parent's, which is here, too
        }
        return dataclasses.replace(
            all_of[0],
            **(added | changed),
            sampled=any(s.sampled for s in all_of),
            duration_s=max(self._ends),
            peak_s=self._peak_s,
            peak_rss_s=resident.time_s,
            stacks_full=any(s.stacks_full for s in all_of),
            out_of_memory=any(s.out_of_memory for s in all_of),
            write_errno=next((s.write_errno for s in all_of if s.write_errno), 0),
        )

    def _ticks(self) -> Sequence[Tick]:
        """The members' ticks added up: the highest sum in each of at most _MOST_TICKS steps."""
        events = [
            (start + tick.time_s, number, tick)
            for number, (member, start) in enumerate(zip(self.members, self._starts, strict=True))
            for tick in _whole_ticks(member)
        ]
        events.sort(key=lambda event: event[0])
        step = max(self._ends) / _MOST_TICKS or 1.0
        now: dict[int, Tick] = {}
        rss = heap = of_files = 0
        found: list[Tick] = []
        for time_s, number, tick in events:
            before = now.get(number, Tick(0.0, 0, 0, 0))
            now[number] = tick
            rss += tick.rss_bytes - before.rss_bytes
            heap += tick.heap_bytes - before.heap_bytes
            of_files += tick.file_bytes - before.file_bytes
            group = max(tick.cgroup_bytes, before.cgroup_bytes)
            if found and time_s < found[-1].time_s + step:
                last = found[-1]
                at_s = time_s if heap > last.heap_bytes else last.time_s
                found[-1] = Tick(
                    at_s,
                    max(last.rss_bytes, rss),
                    max(last.heap_bytes, heap),
                    max(last.cgroup_bytes, group),
                    file_bytes=of_files if rss > last.rss_bytes else last.file_bytes,
                )
            else:
                found.append(Tick(time_s, rss, heap, group, file_bytes=of_files))
        return found

    def _moments(self) -> Sequence[Moment]:
        times = sorted(
            start + moment.time_s
            for member, start in zip(self.members, self._starts, strict=True)
            for moment in member.moments
        )
        chosen = times[:: len(times) // _MOST_MOMENTS + 1]
        series = [[m.time_s for m in member.moments] for member in self.members]
        found = []
        for time_s in chosen:
            held: list[tuple[int, int]] = []
            for number, member in enumerate(self.members):
                if not self._starts[number] <= time_s <= self._ends[number]:
                    continue
                at = bisect_right(series[number], time_s - self._starts[number]) - 1
                if at >= 0:
                    first = self._first_row[number]
                    held += [(first + row, size) for row, size in member.moments[at].held]
            found.append(Moment(time_s, held))
        return found


def _added_calls(members: Sequence[Recording]) -> Sequence[Call]:
    """Calls of all processes, added up by function."""
    found: dict[tuple[str, int, str], Call] = {}
    for member in members:
        for call in member.calls:
            key = call.file, call.first_line, call.name
            known = found.get(key)
            if known is None:
                found[key] = call
                continue
            callers = dict(known.callers)
            for place, figures in call.callers.items():
                others = callers.get(place, (0, 0, 0.0, 0.0))
                callers[place] = tuple(map(sum, zip(figures, others, strict=True)))  # type: ignore[assignment]
            found[key] = Call(
                *key, known.primitive_calls + call.primitive_calls, known.calls + call.calls,
                known.own_s + call.own_s, known.cumulative_s + call.cumulative_s, callers,
            )  # fmt: skip
    return list(found.values())


def merge(members: Sequence[Recording]) -> Recording:
    """One recording of several processes of one machine; the first is the main one. Times count
    from its start."""
    return MergedRecording(members) if len(members) > 1 else members[0]


def _whole_ticks(member: Recording) -> Sequence[Tick]:
    """A process's ticks with its exact peak among them, and nothing left after its end."""
    summary = member.summary
    at = bisect_right([tick.time_s for tick in member.ticks], summary.peak_s)
    before, after = member.ticks[:at], member.ticks[at:]
    near = (
        before[-1]
        if before
        else Tick(0.0, summary.start_rss_bytes, 0, 0, file_bytes=summary.start_file_bytes)
    )
    peak = dataclasses.replace(near, time_s=summary.peak_s, heap_bytes=summary.peak_bytes)
    return [*before, peak, *after, Tick(summary.duration_s, 0, 0, 0)]


def _held_at(
    member: Recording, peak_s: float, start: float, end: float
) -> dict[str, Sequence[float]]:
    """What stands in the place of a member's figures at its own peak: what it held at another
    moment of the common clock.

    Of what was recorded (its peak, its end, moments) that is taken which agrees with the heap of
    its tick then, and of those the nearest in time.
    """
    sites, summary = member.sites, member.summary
    nothing = array("d", bytes(8 * len(sites)))
    at_s = peak_s - start
    # Clocks are told in milliseconds: what ended in this one still held its memory in it.
    then = [tick for tick in _whole_ticks(member) if tick.time_s <= at_s + _CLOCK_S]
    last_s = then[-1].time_s if then else 0.0
    heap = max((t.heap_bytes for t in then if t.time_s >= last_s - _CLOCK_S), default=0)
    if not start - _CLOCK_S <= peak_s <= end + _CLOCK_S or heap == 0:
        return {"peak_bytes": nothing, "peak_count": nothing, "peak_variance": nothing}
    slack = max(_AGREES_SHARE * heap, _AGREES_BYTES)

    def rank(held_bytes: float, time_s: float) -> tuple[float, float]:
        off = abs(held_bytes - heap)
        return (0.0 if off <= slack else off), abs(time_s - at_s)

    own_peak = rank(summary.peak_bytes, summary.peak_s)
    own_end = rank(summary.end_bytes, summary.duration_s)
    moments = (
        (
            rank(sum(size for row, size in m.held if sites.kind[row] not in NOT_HEAP), m.time_s),
            number,
        )
        for number, m in enumerate(member.moments)
    )
    nearest, number = min(moments, default=((float("inf"), 0.0), -1))
    if own_peak <= min(nearest, own_end):
        return {}
    figures = sites.figures
    if own_end <= nearest:
        return {
            f"peak_{what}": figures[f"in_use_{what}"] for what in ("bytes", "count", "variance")
        }
    held, counts = array("d", nothing), array("d", nothing)
    for row, size in member.moments[number].held:
        held[row] = size
        counts[row] = _count_of(figures, row, size)
    return {"peak_bytes": held, "peak_count": counts, "peak_variance": nothing}


def _count_of(figures: Mapping[str, Sequence[float]], row: int, size: float) -> float:
    """How many blocks a site's bytes are, by the mean size of its blocks."""
    count, total = figures["total_count"][row], figures["total_bytes"][row]
    return round(size * count / total) if total else 0.0
