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
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from heapwise.errors import DamagedFileError, NotARecordingError
from heapwise.model import linetable
from heapwise.model.checks import check_stacks
from heapwise.model.container import KIND_RECORDING, Container, open_container
from heapwise.model.source import changed_at, source_line
from heapwise.model.tables import (
    FIGURES,
    Call,
    Collections,
    Cpu,
    Frame,
    Moment,
    Pause,
    Sites,
    Summary,
    Tick,
)

_CLOCK_S = 1.0
"""Of clocks and file systems, between which times are compared."""


class Recording:
    """One process's recording, opened from a file. All tables are read on first use."""

    def __init__(self, container: Container) -> None:
        if container.kind != KIND_RECORDING:
            raise NotARecordingError(f"{container.path} is no recording")
        self._container = container
        self.path = container.path
        self.meta = self._read_meta()
        self.summary = self._read_summary()
        self._frames: list[Frame] = []
        self._frame_ids: dict[int, int] = {}
        check_stacks(container)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Recording:
        """Opens a recording. Raises MissingFileError, NotARecordingError, NewerFormatError or
        DamagedFileError."""
        return cls(open_container(Path(path)))

    @property
    def cut(self) -> bool:
        """Whether the file was found cut and read as far as it goes."""
        return not self._container.complete

    @property
    def frames(self) -> Sequence[Frame]:
        """Distinct frames; grows while nodes and sites are read."""
        _ = self.sites, self.node_frames
        return self._frames

    @cached_property
    def node_parents(self) -> Sequence[int]:
        """The parent of each node; node 0 is the root, its own parent."""
        parents: Sequence[int] = self._container.column("nodes", "parent")
        return parents

    @cached_property
    def node_frames(self) -> Sequence[int]:
        """The frame of each node; -1 for the root."""
        column = self._container.column
        codes, positions = column("nodes", "code"), column("nodes", "position")
        return array("i", [-1, *map(self._frame, codes[1:], positions[1:])])

    @cached_property
    def own_nodes(self) -> Sequence[bool]:
        """Whether a node, or any node above it, is a frame of Heapwise's own capture code."""
        own_codes = self._own_codes
        codes = self._container.column("nodes", "code")
        parents = self._container.column("nodes", "parent")
        found = [False] * len(codes)
        for i in range(1, len(codes)):
            found[i] = found[parents[i]] or codes[i] in own_codes
        return found

    @cached_property
    def sites(self) -> Sites:
        """All sites in the order of the file."""
        column = self._container.column
        codes, parents = column("sites", "code"), column("sites", "parent")
        count = len(codes)
        figures: dict[str, Sequence[float]] = {}
        for name in FIGURES:
            found = self._container.optional("sites", name)
            figures[name] = found if found is not None else array("d", bytes(8 * count))
        own_nodes, own_codes = self.own_nodes, self._own_codes
        own = bytes(
            own_nodes[parent] or code in own_codes
            for code, parent in zip(codes, parents, strict=True)
        )
        frames = array("I", map(self._frame, codes, column("sites", "position")))
        return Sites(frames, parents, column("sites", "kind"), own, figures)

    @cached_property
    def ticks(self) -> Sequence[Tick]:
        """The time axis, in order of time; empty when the file was cut before it."""
        names = ("time_ms", "rss_bytes", "heap_bytes", "cgroup_bytes")
        columns = [self._container.optional("ticks", name) for name in names]
        present = [column for column in columns if column is not None]
        if len(present) < len(names):
            return []
        nodes = self._container.optional("ticks", "node")
        nodes = nodes if nodes is not None else [0] * len(present[0])
        known = len(self.node_parents)
        return [
            Tick(t / 1000, rss, heap, group, node if node < known else 0)
            for t, rss, heap, group, node in zip(*present, nodes, strict=False)
        ]

    @cached_property
    def cpu(self) -> Cpu:
        """Time by stack; empty when the file has none."""
        names = ("node", "samples_count", "cpu_ns", "native_ns", "wall_ns")
        columns = [self._container.optional("cpu", name) for name in names]
        present = [column for column in columns if column is not None]
        if len(present) < len(names) or len({len(column) for column in present}) != 1:
            return Cpu([], [], [], [], [])
        if len(present[0]) and max(present[0]) >= len(self.node_parents):
            raise DamagedFileError(f"{self.path} has samples of stacks that it lacks")
        return Cpu(*present)

    @cached_property
    def collections(self) -> Sequence[Collections]:
        """What the cyclic collector did, by generation; empty when the file does not tell."""
        columns = [self._container.optional("collections", name) for name in Collections._fields]
        present = [column for column in columns if column is not None]
        if len(present) < len(columns):
            return []
        return [Collections(*row) for row in zip(*present, strict=False)]

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
    def site_ids(self) -> Sequence[int]:
        """The recorder's own numbers of the sites."""
        ids: Sequence[int] = self._container.column("sites", "id")
        return ids

    @cached_property
    def first_lines(self) -> Mapping[tuple[str, int, str], str]:
        """(file, first line, bare name) of each code that was met -> its qualified name."""
        column = self._container.column
        found = {}
        for code, first_line in enumerate(column("codes", "first_line")):
            function, file, _ = self._code(code)
            found[file, first_line, function.rpartition(".")[2]] = function
        return found

    @cached_property
    def pauses(self) -> Sequence[Pause]:
        """The longest collections, in order of time."""
        names = ("time_ms", "took_ns", "generation", "collected_count")
        columns = [self._container.optional("pauses", name) for name in names]
        present = [column for column in columns if column is not None]
        if len(present) < len(columns):
            return []
        return [Pause(t / 1e3, took / 1e9, g, n) for t, took, g, n in zip(*present, strict=False)]

    @cached_property
    def moments(self) -> Sequence[Moment]:
        """What the heap was made of over time; empty when the file was cut before it."""
        optional = self._container.optional
        times, firsts, counts = (
            optional("moments", name) for name in ("time_ms", "first_row", "rows_count")
        )
        ids, held = optional("series", "site"), optional("series", "in_use_bytes")
        if times is None or firsts is None or counts is None or ids is None or held is None:
            return []
        row_of = {site: row for row, site in enumerate(self._container.column("sites", "id"))}
        found = []
        for time_ms, first, count in zip(times, firsts, counts, strict=False):
            if first + count > min(len(ids), len(held)):
                break
            pairs = zip(ids[first : first + count], held[first : first + count], strict=True)
            found.append(
                Moment(
                    time_ms / 1000, [(row_of[site], size) for site, size in pairs if site in row_of]
                )
            )
        return found

    def stack(self, node: int) -> list[Frame]:
        """The frames of a node, outermost first."""
        frames = []
        while node:
            frames.append(self._frames[self.node_frames[node]])
            node = self.node_parents[node]
        frames.reverse()
        return frames

    def source_line(self, file: str, line: int) -> str:
        """The text of a line as it was when it ran: kept in the recording, or read from a file that has
        not been changed since; empty when neither is there."""
        text = self._sources.get(file, {}).get(str(line))
        if isinstance(text, str):
            return text
        unchanged = self._unchanged.get(file)
        if unchanged is None:
            unchanged = self._unchanged[file] = changed_at(file) <= self._ended_at
        return source_line(file, line) if unchanged else ""

    @cached_property
    def _unchanged(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _ended_at(self) -> float:
        try:
            begun = datetime.fromisoformat(str(self.meta["started_at"]).replace("Z", "+00:00"))
        except (KeyError, ValueError):
            return float("inf")
        return begun.timestamp() + self.summary.duration_s + _CLOCK_S

    @cached_property
    def _sources(self) -> dict[str, dict[str, str]]:
        column = self._container.optional("sources", "json")
        try:
            found = json.loads(bytes(column)) if column is not None else {}
        except ValueError:
            return {}
        whole = isinstance(found, dict) and all(isinstance(v, dict) for v in found.values())
        return found if whole else {}

    @property
    def script_directory(self) -> str:
        """Where the program that was run lies; empty for `-m` and `-c`."""
        directory = str(self.meta.get("directory") or "")
        for word in self.meta.get("command", [])[1:]:
            if str(word).startswith("-"):
                continue
            path = Path(directory, str(word))
            return str(path.parent) if path.suffix == ".py" else ""
        return ""

    def is_user_file(self, file: str) -> bool:
        """Whether a source file is the program's own: neither standard library nor installed."""
        if not file or file.startswith("<frozen ") or file.endswith(".so") or ".so." in file:
            return False
        known = self._user_files.get(file)
        if known is None:
            known = not any(file.startswith(prefix) for prefix in self._library_prefixes)
            self._user_files[file] = known
        return known

    # ------------------------------------------------------------------------------- reading

    @cached_property
    def _user_files(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _library_prefixes(self) -> tuple[str, ...]:
        places = self.meta.get("library_directories", [])
        return tuple(
            place.rstrip("/") + "/" for place in places if isinstance(place, str) and place
        )

    @cached_property
    def _strings(self) -> Sequence[bytes]:
        offsets = self._container.column("strings", "offsets")
        blob = self._container.column("strings", "bytes")
        return [bytes(blob[offsets[i] : offsets[i + 1]]) for i in range(len(offsets) - 1)]

    @cached_property
    def _line_tables(self) -> dict[int, linetable.LineTable]:
        return {}

    @cached_property
    def _own_codes(self) -> frozenset[int]:
        place = str(self.meta.get("package_directory", "")).encode() + b"/capture/"
        files = self._container.column("codes", "file")
        strings = self._strings
        return frozenset(i for i, file in enumerate(files) if strings[file].startswith(place))

    def _frame(self, code: int, position: int) -> int:
        at = code << 32 | position
        known = self._frame_ids.get(at)
        if known is not None:
            return known
        function, file, table = self._code(code)
        frame = Frame(function, file, table.line_at(position))
        # Positions on one line are one frame.
        index = self._frame_index.setdefault(frame, len(self._frames))
        if index == len(self._frames):
            self._frames.append(frame)
        self._frame_ids[at] = index
        return index

    def _code(self, code: int) -> tuple[str, str, linetable.LineTable]:
        """(function, file, lines) of a code."""
        known = self._codes.get(code)
        if known is not None:
            return known
        column = self._container.column
        blob = column("codes", "linetable")[code]
        table = self._line_tables.get(blob)
        if table is None:
            table = self._line_tables[blob] = linetable.decode(self._strings[blob])
        function, file = (
            self._strings[column("codes", name)[code]].decode("utf-8", "replace")
            for name in ("function", "file")
        )
        self._codes[code] = function, file, table
        return function, file, table

    @cached_property
    def _codes(self) -> dict[int, tuple[str, str, linetable.LineTable]]:
        return {}

    @cached_property
    def _frame_index(self) -> dict[Frame, int]:
        return {}

    def _read_meta(self) -> dict[str, Any]:
        text = bytes(self._container.column("meta", "json"))
        try:
            meta = json.loads(text)
        except ValueError:
            raise DamagedFileError(f"{self.path} has unreadable metadata") from None
        if not isinstance(meta, dict):
            raise DamagedFileError(f"{self.path} has unreadable metadata")
        return meta

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
