"""The tables of a recording: frames, sites with their figures, ticks, moments; and its summary.

Sizes in bytes, times in seconds unless a name ends in another unit. Estimates in sampled mode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

KINDS = ("pymalloc", "python", "malloc", "mmap", "file", "reserved", "pool", "copy")
"""What gave a block: pymalloc's pools, CPython's raw allocator (larger Python blocks), native code,
anonymous mappings, mapped files and mere reservations of addresses (both not heap)."""

FILE_KIND, RESERVED_KIND, POOL_KIND, COPY_KIND = 4, 5, 6, 7
NOT_HEAP = frozenset((FILE_KIND, RESERVED_KIND, COPY_KIND))


class Frame(NamedTuple):
    """A place in the source: where a function stood when it called or allocated."""

    function: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}" if self.file else self.function


@dataclass(frozen=True)
class Summary:
    """The figures of a whole recording. In sampled mode they are estimates."""

    complete: bool
    sampled: bool
    sampling_interval_bytes: int
    started_s: float
    """On the system's monotonic clock, which all processes of a machine share."""
    duration_s: float
    peak_bytes: int
    peak_s: float
    end_bytes: int
    end_count: int
    total_bytes: int
    allocations_count: int
    peak_rss_bytes: int
    peak_rss_s: float
    start_rss_bytes: int
    start_file_bytes: int
    """Of start_rss_bytes, pages of files and of shared memory; 0 in recordings of before they were counted."""
    inherited_bytes: int
    arena_bytes: int
    own_s: float
    ticker_s: float
    """Of own_s, CPU time of the recording thread: ticks, samples of all threads, checkpoints."""
    own_bytes: int
    missed_events_count: int
    stacks_full: bool
    out_of_memory: bool
    write_errno: int


@dataclass(frozen=True)
class Site:
    """One allocating position below a stack. Sizes in bytes; estimates in sampled mode."""

    frame: int
    """Index of the allocating frame in `Recording.frames`."""
    parent: int
    """The node of its callers."""
    kind: int
    """Index into KINDS."""
    own: bool
    """Allocated by Heapwise itself."""
    in_use_bytes: float
    in_use_count: float
    peak_bytes: float
    peak_count: float
    total_bytes: float
    total_count: float
    residence_ms: float
    """Lifetimes of all its blocks added up; blocks that still live count until the end."""
    peak_variance: float = 0.0
    in_use_variance: float = 0.0
    total_variance: float = 0.0


FIGURES = (
    "in_use_bytes", "in_use_count", "peak_bytes", "peak_count", "total_bytes", "total_count",
    "residence_ms", "peak_variance", "in_use_variance", "total_variance",
)  # fmt: skip
"""The figures of a site, in the order of `Site`."""
EXACT_FIGURES = FIGURES[:7]
"""Those that are not about what sampling leaves uncertain."""


@dataclass(frozen=True)
class Sites(Sequence[Site]):
    """All sites, column by column: queries read columns, `sites[i]` is one of them as an object."""

    frame: Sequence[int]
    parent: Sequence[int]
    kind: Sequence[int]
    own: Sequence[int]
    figures: Mapping[str, Sequence[float]]
    """Name (one of FIGURES) -> one value a site."""

    def __len__(self) -> int:
        return len(self.frame)

    @overload
    def __getitem__(self, index: int) -> Site: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Site]: ...
    def __getitem__(self, index: int | slice) -> Site | Sequence[Site]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        figures = (self.figures[name][index] for name in FIGURES)
        return Site(
            self.frame[index], self.parent[index], self.kind[index], bool(self.own[index]), *figures
        )


@dataclass(frozen=True)
class Cpu:
    """Time of all threads, sampled: one row a stack, column by column. node: where the running frame
    stood. native_ns is the part of cpu_ns that passed inside one instruction: in native code."""

    node: Sequence[int]
    samples_count: Sequence[int]
    cpu_ns: Sequence[int]
    native_ns: Sequence[int]
    wall_ns: Sequence[int]


@dataclass(frozen=True)
class Tick:
    """The time axis: at time_s, the resident set, the heap, the control group's use, the node
    where the main thread stood (0 when that is not known), what of the resident set is pages of
    files and of shared memory, the most that the heap held since the tick before, as far as that
    was a new peak (0: not known), and whether the main thread was looked at then: if not, the node
    is where it was seen last."""

    time_s: float
    rss_bytes: int
    heap_bytes: int
    cgroup_bytes: int
    node: int = 0
    file_bytes: int = 0
    highest_bytes: int = 0
    was_looked_at: bool = True


class Call(NamedTuple):
    """Calls of one function, as the standard library's profiler counts them. own_s: without what it
    called. callers: (file, first line, name) -> (primitive calls, calls, own_s, cumulative_s)."""

    file: str
    first_line: int
    name: str
    primitive_calls: int
    calls: int
    own_s: float
    cumulative_s: float
    callers: Mapping[tuple[str, int, str], tuple[int, int, float, float]]


class Collections(NamedTuple):
    """What the cyclic collector did in one generation. Times in nanoseconds; the program stood still."""

    runs_count: int
    pauses_ns: int
    longest_ns: int
    collected_count: int
    uncollectable_count: int


class Pause(NamedTuple):
    """One long collection: when it ended, how long it took."""

    time_s: float
    took_s: float
    generation: int
    collected_count: int


START, MEANWHILE, BEFORE_COLLECTION, AFTER_COLLECTION, END = range(5)


class Share(NamedTuple):
    """What a forked process shared at time_s. private_bytes: written pages that it had alone; shared_bytes: that
    others had, too. moment: START, ... parent_here: whether the process that it was forked from lived."""

    time_s: float
    rss_bytes: int
    private_bytes: int
    shared_bytes: int
    moment: int
    parent_here: bool


@dataclass(frozen=True)
class Moment:
    """What the heap was made of at time_s: (index in `sites`, bytes) of all that held 1/1024 of it."""

    time_s: float
    held: Sequence[tuple[int, int]]
