"""A recording: what was allocated, by which stack, what lived at the peak and at the end.

    recording = Recording.open("out.hw")
    recording.summary.peak_bytes
    for site in recording.sites: ...

Stacks are a table: node i hangs below node parent[i] < i, node 0 is the root. A site is a position
below a node; it owns the figures.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from heapwise.errors import DamagedFileError, NotARecordingError
from heapwise.model.checks import check_figures
from heapwise.model.container import KIND_RECORDING, Container, open_container
from heapwise.model.stacks import Stacks, read_meta
from heapwise.model.tables import (
    FIGURES,
    Call,
    Collections,
    Cpu,
    Moment,
    Pause,
    Share,
    Sites,
    Summary,
    Tick,
)


class Recording(Stacks):
    """One process's recording, opened from a file. All tables are read on first use."""

    def __init__(self, container: Container) -> None:
        if container.kind != KIND_RECORDING:
            raise NotARecordingError(f"{container.path} is no recording")
        self._container = container
        self.path = container.path
        self.meta = read_meta(container)
        self.summary = self._read_summary()
        super().__init__(container, self.meta, lasted_s=self.summary.duration_s)
        check_figures(container)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Recording:
        """Opens a recording. Raises MissingFileError, NotARecordingError, NewerFormatError or
        DamagedFileError."""
        return cls(open_container(Path(path)))

    @property
    def cut(self) -> bool:
        """Whether the file was found cut and read as far as it goes."""
        return not self._container.complete

    @cached_property
    def sites(self) -> Sites:
        """All sites in the order of the file."""
        count = len(self.site_parents)
        figures: dict[str, Sequence[float]] = {}
        for name in FIGURES:
            found = self._container.optional("sites", name)
            figures[name] = found if found is not None else array("d", bytes(8 * count))
        kinds = self._container.column("sites", "kind")
        return Sites(self.site_frames, self.site_parents, kinds, self.site_own, figures)

    @cached_property
    def ticks(self) -> Sequence[Tick]:
        """The time axis, in order of time; empty when the file was cut before it."""
        present = self._present("ticks", ("time_ms", "rss_bytes", "heap_bytes", "cgroup_bytes"))
        if not present:
            return []
        names = ("node", "file_bytes", "highest_bytes")
        added = (self._container.optional("ticks", name) for name in names)
        later = (each if each is not None else [0] * len(present[0]) for each in added)
        known, stood = len(self.node_parents), 0
        found: list[Tick] = []
        for time_ms, rss, heap, group, node, files, highest in zip(*present, *later, strict=False):
            is_seen = 0 < node < known
            stood = node if is_seen else stood
            found.append(Tick(time_ms / 1000, rss, heap, group, stood, files, highest, is_seen))
        return found

    @cached_property
    def cpu(self) -> Cpu:
        """Time by stack; empty when the file has none."""
        names = ("node", "samples_count", "cpu_ns", "native_ns", "wall_ns")
        present = self._present("cpu", names)
        if not present or len({len(column) for column in present}) != 1:
            return Cpu([], [], [], [], [])
        if len(present[0]) and max(present[0]) >= len(self.node_parents):
            raise DamagedFileError(f"{self.path} has samples of stacks that it lacks")
        return Cpu(*present)

    @cached_property
    def cpu_user_frames(self) -> Sequence[int]:
        """Of each row of `cpu` the frame that its time counts for, as with sites; -1 where none is known."""
        own, frames = self.node_user_frames, self.node_frames
        return [own[node] if own[node] >= 0 else frames[node] for node in self.cpu.node]

    @cached_property
    def collections(self) -> Sequence[Collections]:
        """What the cyclic collector did, by generation; empty when the file does not tell."""
        present = self._present("collections", Collections._fields)
        return [Collections(*row) for row in zip(*present, strict=False)]

    @cached_property
    def sharing(self) -> Sequence[Share]:
        """What a forked process shared over time; empty of others, and when the file does not tell."""
        names = ("time_ms", "rss_bytes", "private_bytes", "shared_bytes", "moment", "parent_here")
        rows = zip(*self._present("sharing", names), strict=False)
        return [
            Share(time_ms / 1e3, rss, private, shared, moment, bool(here))
            for time_ms, rss, private, shared, moment, here in rows
        ]

    @cached_property
    def calls(self) -> Sequence[Call]:
        """Calls of functions, counted exactly; empty when they were not recorded."""
        try:
            return [
                Call(*row[:7], {tuple(place): tuple(f) for place, f in row[7]})  # type: ignore[call-arg]
                for row in self._calls["rows"]
            ]
        except (ValueError, TypeError, IndexError, KeyError):
            raise DamagedFileError(f"{self.path} has unreadable calls") from None

    @property
    def calls_complete(self) -> bool:
        """Whether calls were counted to the end: a profiler of the program's own takes ours away."""
        return bool(self._calls.get("complete", True))

    @cached_property
    def _calls(self) -> dict[str, Any]:
        column = self._container.optional("calls", "json")
        try:
            found = json.loads(bytes(column)) if column is not None else {"rows": []}
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise DamagedFileError(f"{self.path} has unreadable calls")
        return found

    @cached_property
    def pauses(self) -> Sequence[Pause]:
        """The longest collections, in order of time."""
        names = ("time_ms", "took_ns", "generation", "collected_count")
        present = self._present("pauses", names)
        return [Pause(t / 1e3, took / 1e9, g, n) for t, took, g, n in zip(*present, strict=False)]

    @cached_property
    def moments(self) -> Sequence[Moment]:
        """What the heap was made of over time; empty when the file was cut before it."""
        moments = self._present("moments", ("time_ms", "first_row", "rows_count"))
        series = self._present("series", ("site", "in_use_bytes"))
        if not moments or not series:
            return []
        (times, firsts, counts), (ids, held) = moments, series
        found = []
        for time_ms, first, count in zip(times, firsts, counts, strict=False):
            if first + count > min(len(ids), len(held)):
                break
            pairs = zip(ids[first : first + count], held[first : first + count], strict=True)
            found.append(
                Moment(
                    time_ms / 1000,
                    [
                        (self.site_rows[site], size)
                        for site, size in pairs
                        if site in self.site_rows
                    ],
                )
            )
        return found

    # ------------------------------------------------------------------------------- reading

    def _present(self, table: str, names: Sequence[str]) -> Sequence[Any]:
        """Columns of a table; none at all when the file was cut before the last of them."""
        columns = [self._container.optional(table, name) for name in names]
        present = [column for column in columns if column is not None]
        return present if len(present) == len(names) else []

    def _read_summary(self) -> Summary:
        def get(name: str) -> float:
            return self._container.scalar("summary", name)

        return Summary(
            complete=bool(get("complete")) and self._container.complete,
            sampled=bool(get("sampled")),
            sampling_interval_bytes=round(get("sampling_interval_bytes")),
            started_s=get("started_ns") / 1e9,
            duration_s=get("duration_ms") / 1000,
            peak_bytes=round(get("peak_bytes")),
            peak_s=get("peak_ms") / 1000,
            end_bytes=round(get("end_bytes")),
            end_count=round(get("end_count")),
            total_bytes=round(get("total_bytes")),
            allocations_count=round(get("allocations_count")),
            peak_rss_bytes=round(get("peak_rss_bytes")),
            peak_rss_s=get("peak_rss_ms") / 1000,
            start_rss_bytes=round(get("start_rss_bytes")),
            start_file_bytes=round(get("start_file_bytes")),
            inherited_bytes=round(get("inherited_bytes")),
            arena_bytes=round(get("arena_bytes")),
            own_s=get("own_ns") / 1e9,
            ticker_s=get("ticker_ns") / 1e9,
            own_bytes=round(get("own_bytes")),
            missed_events_count=round(get("missed_events_count")),
            stacks_full=bool(get("stacks_full")),
            out_of_memory=bool(get("out_of_memory")),
            write_errno=round(get("write_errno")),
        )
