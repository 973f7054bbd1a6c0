"""What grows, where does it gather, and how fast? Suspects from snapshots, from a recording, or from both.

A suspect is an accumulation point of the heap (found as Eclipse MAT does, down the dominator tree), with
its size in each snapshot; or, where there is only a recording, a line whose live bytes grow.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from heapwise.analyze.accumulation import Accumulation, accumulations, contents, levels
from heapwise.analyze.between_looks import is_passing, lowest_between
from heapwise.analyze.by_place import by_line
from heapwise.analyze.growth import History, Newer, allocated_by_imports, imported_bytes
from heapwise.analyze.holdings import line_groups
from heapwise.analyze.sample import Sample, sample
from heapwise.analyze.selection import Selection
from heapwise.analyze.statistics import Growth, since_onset
from heapwise.analyze.statistics import growth as judge
from heapwise.analyze.trend import STEPS, with_trends
from heapwise.model.heap_tables import NO_NODE, Step
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

LEAST_BYTES = 64 << 10
LEAST_SHARE = 0.005
"""Less growth than these (the second: of the heap) is not looked into."""
_SUSPECT_SHARE = 0.02
_LINES_LOOKED_AT = 200
_WARM_STEPS = 4
ENOUGH_SNAPSHOTS = 4
"""Fewer looks into the heap do not tell growth from chance by themselves."""
_FEW_SNAPSHOTS = 12
"""So few may all lie in the time in which a program imports."""
_LEAST_OF_NO_LINE_BYTES = 1 << 20
"""The interpreter itself allocates less without a line at work."""
_ITEMS_SHARE = 0.1
"""Where what is new is so much less than what tables have grown by, these are what grows."""
NATIVE = "native memory"
"""The type of a suspect whose bytes no object has."""
_NATIVE_SHARE = 0.5
_LEFT_SHARE = 0.1
_TORN_SHARE = 0.7
_WIDE_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Suspect:
    """What grows. holder: the path to where it gathers, empty when only the line is known. types: new objects
    by type, with their bytes. line: what allocated most of it, where that was recorded. levels: bytes
    held in each snapshot (or step of the time axis). share: of the whole growth."""

    holder: str
    type: str
    grown_bytes: int
    share: float
    growth: Growth
    levels: Sequence[int]
    types: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    line: Frame | None = None
    node: int = NO_NODE
    path: Sequence[Step] = ()
    members: Sequence[int] = ()
    span_s: float = 0.0
    """How long the time axis is that the levels are from; 0: they are from snapshots."""
    sample: Sample | None = None


@dataclass(frozen=True)
class Evidence:
    """What the question is asked of. step: what lies between two levels, `round` or `interval`, `step_s`
    long (0: not known). snapshots: in order of time."""

    recording: Recording | None = None
    snapshots: Sequence[Snapshot] = ()
    levels: Sequence[float] = ()
    """The heap as a whole at each snapshot or round; empty: what the snapshots say."""
    step: str = "interval"
    step_s: float = 0.0
    least_bytes: float = 0.0
    """What counts as growth in all; 0: 64 KiB, or 0.5 % of the heap."""
    lived: Recording | None = None
    """Tells by line what was live at the end; may be the recording."""
    negligible_step_bytes: float = 0.0
    """Growth of the heap per step that nobody is accused of may be so much: caches of the interpreter."""
    afterwards: Snapshot | None = None
    """One of the end, where growth is judged by those before it."""
    until_s: float = 0.0
    """When the program of the recording ended, and its last snapshot was begun; 0: with the recording."""

    @property
    def since(self) -> int:
        """Which snapshot growth is counted from: of many, one after the warm-up."""
        return len(self.snapshots) // 3 if len(self.snapshots) >= ENOUGH_SNAPSHOTS else 0

    @cached_property
    def history(self) -> History | None:
        """The snapshots with their objects matched; None when they are fewer than two."""
        return History(self.snapshots) if len(self.snapshots) >= 2 else None

    @cached_property
    def lowest(self) -> Sequence[int]:
        """The lowest heap between each two snapshots, where enough of them and a recording tell."""
        if self.recording is None or len(self.snapshots) < ENOUGH_SNAPSHOTS:
            return []
        return lowest_between(self.recording, self.snapshots)

    @cached_property
    def survivors(self) -> frozenset[int] | None:
        """The nodes of the last snapshot that are still there afterwards; None where nobody has looked."""
        if self.afterwards is None:
            return None
        return frozenset(self.afterwards.matched(self.snapshots[-1]))


@dataclass(frozen=True)
class Whole:
    """The heap as a whole: its levels and how they grow. least_bytes: what counts as growth at all."""

    levels: Sequence[float]
    growth: Growth
    least_bytes: float

    @property
    def is_wide(self) -> bool:
        """Whether the interval of its growth is too wide to be told as a bound."""
        return self.growth.high > max(self.least_bytes, _WIDE_SHARE * max(self.levels, default=0))


def whole(evidence: Evidence) -> Whole:
    """How the heap itself grows: over the snapshots or rounds, else over the recording's time."""
    levels: Sequence[float] = evidence.levels or [s.level_bytes() for s in evidence.snapshots]
    imported: Sequence[float] = [0] * len(levels)
    if len(levels) < 2 and evidence.recording is not None:
        levels, imported = levels_over_time(evidence.recording, evidence.until_s)
    elif not evidence.levels and len(levels) <= _FEW_SNAPSHOTS:
        imported = [imported_bytes(snapshot) for snapshot in evidence.snapshots]
    least = evidence.least_bytes or max(LEAST_BYTES, LEAST_SHARE * max(levels, default=0))
    rest = [level - once for level, once in zip(levels, imported, strict=True)]
    if is_passing(rest, evidence.lowest):
        rest = [low - once for low, once in zip(evidence.lowest, imported, strict=False)]
    return Whole(levels, judge(rest, least), least)


def levels_over_time(recording: Recording, until_s: float) -> tuple[list[float], list[float]]:
    """The lowest heap in each of STEPS equal parts of the run (what a busy moment adds is no growth), without the
    first ones and the exit, and what of it came by imports, which happen once. until_s: of its time until then; 0: all
    of it."""
    duration = until_s or recording.summary.duration_s or 1.0
    imported, imports = [float("inf")] * STEPS, recording.site_imports
    for moment in recording.moments:
        step = min(STEPS - 1, int(moment.time_s / duration * STEPS))
        held = sum(size for site, size in moment.held if imports[site])
        imported[step] = min(imported[step], held)
    levels = _lowest(recording, duration)
    last = -1 if _is_torn_down(levels) else None
    return levels[_WARM_STEPS:last], _filled(imported)[_WARM_STEPS:last]


def _lowest(recording: Recording, duration_s: float) -> list[float]:
    """The lowest heap in each of STEPS parts of some time."""
    lowest = [float("inf")] * STEPS
    for tick in recording.ticks:
        if tick.time_s > duration_s:
            break
        step = min(STEPS - 1, int(tick.time_s / duration_s * STEPS))
        lowest[step] = min(lowest[step], tick.heap_bytes)
    return _filled(lowest)


def _is_torn_down(levels: Sequence[float]) -> bool:
    """Whether the last step is the exit: the functions have returned, and what their locals kept has gone."""
    before, after = levels[-2:]
    return after < _TORN_SHARE * before and after < before - LEAST_BYTES


def _filled(values: Sequence[float]) -> list[float]:
    """A step in which nothing was seen is like the one before."""
    found: list[float] = []
    for value in values:
        found.append(value if value != float("inf") else (found[-1] if found else 0.0))
    return found


def suspects(evidence: Evidence, heap: Whole) -> list[Suspect]:
    """What grows, most first."""
    least = max(heap.least_bytes, _SUSPECT_SHARE * max(heap.growth.total, 0.0))
    snapshots, recording = evidence.snapshots, evidence.recording
    since = evidence.since
    found = _of_history(evidence.history, since, least) if evidence.history else []
    found = [each for each in found if not is_passing(each.levels[since:], evidence.lowest[since:])]
    if recording is None or len(snapshots) >= ENOUGH_SNAPSHOTS or found:
        return found
    # Too few looks into the heap: the time axis says what grows, the last look who keeps it.
    lines = _of_recording(recording, least, evidence.until_s)
    return _held(snapshots[-1], lines, least) if snapshots else lines


def is_gone(suspect: Suspect, evidence: Evidence) -> bool:
    """Whether what it is made of was there in passing: a busy moment, that the end shows to be over."""
    survivors = evidence.survivors
    if survivors is None or not suspect.members:
        return False
    left = sum(node in survivors for node in suspect.members)
    return left < _LEFT_SHARE * len(suspect.members)


# --------------------------------------------------------------------------------- snapshots


def _of_history(history: History, since: int, least: float) -> list[Suspect]:
    found = history.newer(since)
    made = [_suspect(found, place, history, since, least) for place in accumulations(found, least)]
    # What is new and took the place of what is gone is no growth.
    return [each for each in made if each.levels[-1] - each.levels[since] >= least]


def _suspect(
    found: Newer, place: Accumulation, history: History, since: int, least: float
) -> Suspect:
    snapshot = found.snapshot
    held = levels(history, place, since)
    judged = judge(since_onset(held[since:]), least)
    if judged.verdict != "grows" or judged.low <= 0:
        # A table grows in jumps, and hides that what is in it grows steadily.
        inside = judge(since_onset(contents(history, place, since)[since:]), least)
        judged = inside if inside.verdict == "grows" else judged
    # A value that is made anew at each step is new as a whole, and has grown by less.
    grown = min(place.grown_bytes, max(held[-1] - held[since], 0))
    return Suspect(
        place.holder, snapshot.type_of(place.node), grown,
        min(1.0, place.grown_bytes / max(found.total, 1)), judged, held,
        _types(found, place.members), _line(snapshot, place.members, found.grown), place.node,
        place.path, place.members, sample=sample(snapshot, place.nodes, place.members),
    )  # fmt: skip


def _types(found: Newer, members: Sequence[int]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for node in members:
        name = found.snapshot.type_of(node)
        count, size = sums.get(name, (0, 0))
        sums[name] = count + 1, size + found.grown[node]
    return dict(sorted(sums.items(), key=lambda item: -item[1][1]))


def _line(snapshot: Snapshot, members: Sequence[int], grown: Sequence[int]) -> Frame | None:
    """The line that allocated most of the new bytes: what is new, not the table that has grown to hold it."""
    born: Counter[Frame] = Counter()
    tables: Counter[Frame] = Counter()
    sizes = snapshot.nodes("size_bytes")
    for node in members:
        is_born = grown[node] == sizes[node]
        at = snapshot.grown_at(node)
        if at is not None:
            (born if is_born else tables)[at] += grown[node]
    few = born.total() < _ITEMS_SHARE * tables.total()
    sums = born + tables if few else born
    own = [at for at in sums if snapshot.stacks.is_user_file(at.file)]
    return max(own or sums, key=lambda at: sums[at], default=None)


# ---------------------------------------------------------------------------------- recording


def _of_recording(recording: Recording, least: float, until_s: float) -> list[Suspect]:
    """Lines whose live bytes grow over the time axis, and live at its end."""
    torn_down = _is_torn_down(_lowest(recording, until_s or recording.summary.duration_s or 1.0))
    selection = Selection(at="peak" if torn_down else "end", limit=_LINES_LOOKED_AT, imports=False)
    table = with_trends(by_line(recording, selection), recording, selection, until_s=until_s)
    found = []
    for row in table.rows():
        levels = row["trend_bytes"][_WARM_STEPS:-1]
        levels += [] if torn_down else [round(row["end_bytes"])]
        judged = judge(since_onset(levels), least)
        enough = least if row["file"] else max(least, _LEAST_OF_NO_LINE_BYTES)
        if judged.total >= enough and levels[-1] >= least:
            frame = Frame(row["function"], row["file"], row["line"])
            found.append(
                Suspect("", "", round(judged.total), 0.0, judged, levels, line=frame,
                        span_s=until_s or recording.summary.duration_s)
            )  # fmt: skip
    total = sum(each.grown_bytes for each in found) or 1
    shared = [replace(each, share=each.grown_bytes / total) for each in found]
    return sorted(shared, key=lambda each: -each.grown_bytes)


def _held(snapshot: Snapshot, lines: Sequence[Suspect], least: float) -> list[Suspect]:
    """The same, with who keeps what these lines allocated, from one snapshot; NATIVE where no object has it."""
    group, frames = line_groups(snapshot)
    by_place = {each.line[1:]: each for each in lines if each.line is not None}
    places = [snapshot.stacks.frames[frame][1:] for frame in frames]
    sizes = snapshot.nodes("size_bytes")
    held: Counter[tuple[str, int]] = Counter()
    grown = array("Q", bytes(8 * len(snapshot)))
    for node, number in enumerate(group):
        if number < len(places) and places[number] in by_place:
            held[places[number]] += sizes[node]
            grown[node] = sizes[node]
    for node in allocated_by_imports(snapshot):
        grown[node] = 0
    found = Newer(snapshot, grown, sum(grown))
    made = []
    for place in accumulations(found, least):
        line = _line(snapshot, place.members, grown)
        if line is not None and (source := by_place.get(line[1:])) is not None:
            made.append(replace(
                source, holder=place.holder, type=snapshot.type_of(place.node),
                grown_bytes=place.grown_bytes, share=place.grown_bytes / max(found.total, 1),
                types=_types(found, place.members), node=place.node, path=place.path,
                members=place.members, sample=sample(snapshot, place.nodes, place.members),
            ))  # fmt: skip
    named = {each.line for each in made}
    rest = [each for each in lines if each.line not in named]
    return made + [
        replace(each, type=NATIVE)
        if each.line and held[each.line[1:]] < _NATIVE_SHARE * each.grown_bytes
        else each
        for each in rest
    ]
