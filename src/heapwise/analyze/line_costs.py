"""What does each line of the program cost? Looked up by file and line, and along stacks."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from heapwise.analyze.arrow_pools import pool_bytes
from heapwise.analyze.by_place import is_block, lines
from heapwise.analyze.frame_locals import Local, bare
from heapwise.analyze.never_ran import lines_that_ran
from heapwise.analyze.passing import Passing, resolved
from heapwise.analyze.pickled import SENT, pickled
from heapwise.analyze.program_source import script_of
from heapwise.analyze.resident import grown_bytes, not_resident_bytes
from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording


class Cost(NamedTuple):
    """What some lines held at the peak, in bytes and blocks, and allocated in all; python_bytes: of those at the
    peak the blocks of Python's objects; largest_bytes: of those at the peak the mean of the stack with the largest."""

    peak_bytes: int = 0
    peak_count: int = 0
    total_bytes: int = 0
    total_count: int = 0
    python_bytes: int = 0
    largest_bytes: int = 0


_FIGURES = Cost._fields[:-1]
LARGE_BLOCK_BYTES = 16 << 10


class LineCosts:
    """The lines of one recording; an allocation inside a library counts for the program's line that led to it."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self.peak_bytes = int(recording.summary.peak_bytes)
        self.not_resident_bytes = not_resident_bytes(recording)
        self.held: dict[tuple[str, str], int] = {}
        """(file, name) -> what a global of a module retains; of runs with a snapshot."""
        self.locals: Mapping[tuple[str, str], Local] = {}
        """(function, name) -> a local of a frame that ran then; of runs with a snapshot of the peak."""
        self.copies_arrow = False
        """Whether frames were made of Arrow's tables, or had been, at a snapshot, and show none of their columns."""
        self.columns: Mapping[tuple[str, int], int] = {}
        """(file, line) -> the most columns of a frame that it made; of runs with a snapshot."""
        self._passing = Passing(recording)
        self._through: dict[tuple[str, int, int, frozenset[str]], dict[tuple[str, int], Cost]] = {}
        self._by_file: dict[str, dict[int, list[float]]] = {}
        self._at_end: dict[tuple[str, int], float] = {}
        self._mapped: dict[tuple[str, int], float] = {}
        self._cpu_ns: dict[tuple[str, int], float] = {}
        for (file, line, _), sums in lines(recording, Selection(limit=0), with_parts=True).items():
            figures = self._by_file.setdefault(resolved(file), {}).setdefault(
                line, [0.0] * len(_FIGURES)
            )
            for at, name in enumerate(_FIGURES):
                figures[at] += sums[name]
            place = resolved(file), line
            self._at_end[place] = self._at_end.get(place, 0.0) + sums["in_use_bytes"]
            self._mapped[place] = self._mapped.get(place, 0.0) + sums["mapped_bytes"]
            self._cpu_ns[place] = self._cpu_ns.get(place, 0.0) + sums["cpu_ns"]

    def cpu_time(self, path: str, first: int, last: int) -> tuple[float, float]:
        """(seconds of the processor's that some lines of a file took, with what they called of libraries; their part of
        all that the program took)."""
        file, whole = resolved(path), self._all_cpu_ns
        spent = sum(self._cpu_ns.get((file, line), 0.0) for line in range(first, last + 1))
        return spent / 1e9, spent / whole if whole else 0.0

    @cached_property
    def _all_cpu_ns(self) -> float:
        return sum(self._cpu_ns.values())

    def busy_files(self, least_share: float) -> list[Path]:
        """The files of the program's own, as they ran, that took such a part of the processor's time."""
        spent: dict[str, float] = {}
        for (file, _), each in self._cpu_ns.items():
            spent[file] = spent.get(file, 0.0) + each
        least = least_share * self._all_cpu_ns
        return [path for path in self.own_files() if spent.get(str(path), 0.0) >= least > 0]

    @cached_property
    def lines_that_ran(self) -> Mapping[str, Collection[int]]:
        """File -> its lines that allocated, where each allocation was recorded."""
        found = lines_that_ran(self._recording.meta, self._recording.frames)
        return {resolved(file): numbers for file, numbers in found.items()}

    def may_have_run(self, path: str, first: int, last: int) -> bool:
        """Whether the lines of a file from one to another ran, as far as what they called would have allocated; true
        where not each allocation was recorded."""
        known = self.lines_that_ran.get(resolved(path))
        return known is None or any(first <= line <= last for line in known)

    @cached_property
    def script(self) -> Path:
        """The script that was run; a path that is none of a file for `-m` and `-c`."""
        return script_of(self._recording.meta)

    def files(self, least_bytes: float = 0) -> list[Path]:
        """The files of the program that allocated and are as they ran, those that held most at the peak first.
        least_bytes: what they must have held then."""
        held = {
            file: sum(each[0] for each in rows.values()) for file, rows in self._by_file.items()
        }
        order = sorted(held, key=lambda file: (-held[file], file))
        return [
            Path(file) for file in order
            if file and held[file] >= least_bytes and self._recording.is_as_it_ran(file)
        ]  # fmt: skip

    def own_files(self) -> list[Path]:
        """Those of them that are not of libraries."""
        return [path for path in self.files() if self._recording.is_user_file(str(path))]

    def of_large_blocks(self, least_bytes: float) -> Iterator[tuple[Path, int, int]]:
        """(file, line, bytes) of the program's own lines that held so much at the peak in large blocks that are no
        mappings: arrays, mostly."""
        recording, sites = self._recording, self._recording.sites
        held: dict[tuple[str, int], float] = {}
        names = ("peak_bytes", "peak_count")
        for row, (size, count) in enumerate(zip(*(sites.figures[n] for n in names), strict=True)):
            if count > 0 and size >= LARGE_BLOCK_BYTES * count and is_block(sites.kind[row]):
                frame = recording.user_frame(row)
                place = resolved(frame.file), frame.line
                held[place] = held.get(place, 0.0) + size
        own = {str(path): path for path in self.own_files()}
        for (file, line), size in held.items():
            if file in own and size >= least_bytes:
                yield own[file], line, round(size)

    def callers_of(self, path: str, line: int) -> list[tuple[Path, int]]:
        """(file, line) of the program's own functions that called the one that a line is of, the nearest first, where
        it held most at the peak."""
        recording, sites = self._recording, self._recording.sites
        held = sites.figures["peak_bytes"]
        largest, most = -1, 0.0
        for row, size in enumerate(held):
            if size > most:
                at = recording.user_frame(row)
                if at.line == line and resolved(at.file) == path:
                    largest, most = row, size
        own = {str(each): each for each in self.own_files()}
        frames = recording.stack(recording.site_parents[largest]) if largest >= 0 else []
        found = [
            (own[file], at.line) for at in reversed(frames) if (file := resolved(at.file)) in own
        ]
        return found[1:] if found[:1] == [(own.get(path), line)] else found

    def left_out_count(self) -> int:
        """How many files of the program that allocated are not as they ran, or not there."""
        return sum(
            bool(file) and not file.startswith("<") and not self._recording.is_as_it_ran(file)
            for file in self._by_file
        )

    def of(self, path: str, first: int, last: int) -> Cost:
        """What the lines of a file from one to another cost."""
        rows = self._by_file.get(resolved(path), {})
        within = [rows[number] for number in range(first, last + 1) if number in rows]
        sums = (round(sum(each[at] for each in within)) for at in range(len(_FIGURES)))
        largest = (
            self._largest.get((resolved(path), number), 0.0) for number in range(first, last + 1)
        )
        return Cost._make([*sums, round(max(largest, default=0.0))])

    def stays(self, path: str, first: int, last: int) -> int:
        """What the lines of a file from one to another still held at the end, in bytes."""
        file = resolved(path)
        return round(sum(self._at_end.get((file, line), 0.0) for line in range(first, last + 1)))

    def mapped(self, path: str, first: int, last: int) -> int:
        """What of the lines of a file from one to another was in mappings at the peak, in bytes."""
        file = resolved(path)
        return round(sum(self._mapped.get((file, line), 0.0) for line in range(first, last + 1)))

    def grown_bytes(self, path: str, first: int, last: int) -> int:
        """By how much the resident set grew while the main thread was in lines of a file, at the peak; 0 where it was
        not, then."""
        return grown_bytes(self._recording, set(self._passing.frames_at(path, first, last)))

    def pool_bytes(self, package: str) -> int:
        """What the pools that a package reserved had in memory at the peak."""
        return pool_bytes(self._recording, package)

    @cached_property
    def _largest(self) -> dict[tuple[str, int], float]:
        """Of each line the mean block, at the peak, of the stack whose blocks are largest."""
        sites = self._recording.sites
        found: dict[tuple[str, int], float] = {}
        names = ("peak_bytes", "peak_count")
        for row, (size, count) in enumerate(zip(*(sites.figures[n] for n in names), strict=True)):
            if count > 0:
                frame = self._recording.user_frame(row)
                place = resolved(frame.file), frame.line
                found[place] = max(found.get(place, 0.0), size / count)
        return found

    def through(
        self, path: str, first: int, last: int, *, without: Collection[str] = ()
    ) -> dict[tuple[str, int], Cost]:
        """What was held at the peak of stacks that pass some lines, by the line that it counts for; the lines' own
        is among it. without: functions whose work, called right there, does not count."""
        asked = path, first, last, frozenset(without)
        if asked not in self._through:
            rows = self._passing.sites_below(
                self._passing.frames_at(path, first, last), without=without
            )
            self._through[asked] = self._held_by(rows)
        return self._through[asked]

    def _held_by(self, rows: Iterable[int]) -> dict[tuple[str, int], Cost]:
        """What some sites held at the peak, by the line that it counts for."""
        recording = self._recording
        imports = recording.site_imports
        figures = [recording.sites.figures[name] for name in _FIGURES[:-1]]
        found: dict[tuple[str, int], Cost] = {}
        for row in rows:
            if imports[row]:  # what a library loads when it is called first stays
                continue
            held = [column[row] for column in figures]
            at = recording.user_frame(row)
            place = resolved(at.file), at.line
            known, block = found.get(place, Cost()), held[0] / max(held[1], 1.0)
            sums = [old + round(new) for old, new in zip(known, held, strict=False)]
            found[place] = Cost._make([*sums, 0, max(known.largest_bytes, round(block))])
        return found

    def held_by_library(self, path: str, line: int) -> dict[tuple[str, str], float]:
        """(file, function) of what allocated for a line of the program -> bytes at the peak."""
        recording = self._recording
        held: dict[tuple[str, str], float] = {}
        charged, frames = recording.site_user_frames, recording.frames
        peaks = recording.sites.figures["peak_bytes"]
        for row, frame in enumerate(recording.site_frames):
            at = frames[charged[row]]
            if peaks[row] and at.line == line and resolved(at.file) == resolved(path):
                key = frames[frame].file, frames[frame].function
                held[key] = held.get(key, 0.0) + peaks[row]
        return held

    def knows_locals_of(self, function: str) -> bool:
        """Whether a snapshot of the peak shows large locals of a function."""
        return any(name == function for name, _ in self.locals)

    def sent_bytes(self, path: str, line: int) -> int:
        """What was held at the peak of what was pickled for other processes, by threads that a line began as well."""
        return self._sent.get((resolved(path), line), 0)

    def inside_bytes(self, path: str, line: int, function: str) -> int:
        """What was held at the peak of what a function allocated itself, called by a line through any others."""
        recording, place = self._recording, (resolved(path), line)
        sites, frames = recording.sites, recording.frames
        named = [frame.function == function for frame in frames]
        return round(sum(
            size
            for size, frame, at in zip(
                sites.figures["peak_bytes"], sites.frame, recording.site_user_frames, strict=True
            )
            if named[frame] and (resolved(frames[at].file), frames[at].line) == place
        ))  # fmt: skip

    @cached_property
    def _sent(self) -> dict[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = {}
        for at, size in pickled(self._recording, self._passing, SENT).items():
            place = resolved(at.file), at.line
            found[place] = found.get(place, 0) + size
        return found

    def below(self, path: str, function: str, after_line: int) -> int:
        """What was held at the peak that a function allocated, itself or by what it called, on lines after
        one; in bytes."""
        frames, held = self._recording.frames, self._recording.sites.figures["peak_bytes"]
        later = self._passing.frames_at(path, after_line + 1, sys.maxsize)
        wanted = [at for at in later if bare(frames[at].function) == function]
        return round(sum(held[row] for row in self._passing.sites_below(wanted)))

    def ran(self, path: str, function: str, first: int, last: int) -> bool:
        """Whether a function that stands on some lines of a file is on any stack."""
        return any(
            first <= line <= last and function in parts
            for line, parts in self._functions_run.get(resolved(path), ())
        )

    def passed(self, path: str, first: int, last: int, *, library: str) -> bool:
        """Whether a stack goes by some lines of a file, and later by a file of that name."""
        frames = enumerate(self._recording.frames)
        there = {at for at, frame in frames if Path(frame.file).name == library}
        return self._passing.leads_to(self._passing.frames_at(path, first, last), there)

    @cached_property
    def _functions_run(self) -> dict[str, set[tuple[int, tuple[str, ...]]]]:
        """File -> (line, names of the functions around it, the outermost first)."""
        found: dict[str, set[tuple[int, tuple[str, ...]]]] = {}
        for frame in self._recording.frames:
            parts = tuple(frame.function.split("."))
            found.setdefault(resolved(frame.file), set()).add((frame.line, parts))
        return found
