"""The stacks of a file: nodes, frames, and the sites that hang from them.

Node i hangs below node parent[i] < i, node 0 is the root. A site is a position below a node.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from heapwise.errors import DamagedFileError
from heapwise.model import linetable
from heapwise.model.checks import check_stacks
from heapwise.model.container import Container
from heapwise.model.importing import Importing
from heapwise.model.source import changed_at, source_line
from heapwise.model.tables import Frame

_TYPED_IN = (
    "<string",
    "<stdin",
    "<console",
    "<input",
    "<unknown",
    "<ipython-input",
    "<doctest",
    "<cell",
)
"""What code is called that a user has given without a file."""
_INSTALLED = ("/site-packages/", "/dist-packages/")
_CLOCK_S = 1.0
"""Of clocks and file systems, between which times are compared."""


def read_meta(container: Container) -> dict[str, Any]:
    """What a file says of its program; DamagedFileError when that is unreadable."""
    try:
        meta = json.loads(bytes(container.column("meta", "json")))
    except ValueError:
        meta = None
    if not isinstance(meta, dict):
        raise DamagedFileError(f"{container.path} has unreadable metadata")
    return meta


class Stacks(Importing):
    """The stacks of one process, decoded on first use."""

    def __init__(
        self,
        container: Container,
        meta: dict[str, Any],
        *,
        nodes: str = "nodes",
        strings: str = "strings",
        lasted_s: float = 0.0,
    ) -> None:
        """nodes, strings: what the tables are called in this file. lasted_s: from the time in `meta` to
        the end of what the file tells. Raises DamagedFileError."""
        self._container = container
        self.meta = meta
        self._nodes_table, self._strings_table = nodes, strings
        self._lasted_s = lasted_s
        self._frames: list[Frame] = []
        self._frame_ids: dict[int, int] = {}
        check_stacks(container, nodes=nodes, strings=strings)

    @property
    def frames(self) -> Sequence[Frame]:
        """Distinct frames; grows while nodes and sites are read."""
        _ = self.site_frames, self.node_frames
        return self._frames

    @cached_property
    def node_parents(self) -> Sequence[int]:
        """The parent of each node; node 0 is the root, its own parent."""
        parents: Sequence[int] = self._container.column(self._nodes_table, "parent")
        return parents

    @cached_property
    def node_frames(self) -> Sequence[int]:
        """The frame of each node; -1 for the root."""
        places = (self._container.column(self._nodes_table, n)[1:] for n in ("code", "position"))
        return array("i", (-1, *self._frames_at(*places)))

    @cached_property
    def own_nodes(self) -> Sequence[bool]:
        """Whether a node, or any node above it, is a frame of Heapwise's own capture code."""
        own_codes = self._own_codes
        codes = self._container.column(self._nodes_table, "code")
        parents = self._container.column(self._nodes_table, "parent")
        found = [False] * len(codes)
        for i in range(1, len(codes)):
            found[i] = found[parents[i]] or codes[i] in own_codes
        return found

    @cached_property
    def site_frames(self) -> Sequence[int]:
        """The frame of each site, in the order of the file."""
        column = self._container.column
        return array("I", self._frames_at(column("sites", "code"), column("sites", "position")))

    @cached_property
    def site_parents(self) -> Sequence[int]:
        """The node of the callers of each site."""
        parents: Sequence[int] = self._container.column("sites", "parent")
        return parents

    @cached_property
    def site_own(self) -> Sequence[int]:
        """Whether a site is Heapwise's own."""
        own_nodes, own_codes = self.own_nodes, self._own_codes
        codes = self._container.column("sites", "code")
        return bytes(
            own_nodes[parent] or code in own_codes
            for code, parent in zip(codes, self.site_parents, strict=True)
        )

    @cached_property
    def site_ids(self) -> Sequence[int]:
        """The recorder's own numbers of the sites."""
        ids: Sequence[int] = self._container.column("sites", "id")
        return ids

    @cached_property
    def site_rows(self) -> Mapping[int, int]:
        """A site, by the recorder's number -> its row."""
        return {site: row for row, site in enumerate(self.site_ids)}

    @cached_property
    def first_lines(self) -> Mapping[tuple[str, int, str], str]:
        """(file, first line, bare name) of each code that was met -> its qualified name."""
        column = self._container.column
        found = {}
        for code, first_line in enumerate(column("codes", "first_line")):
            function, file, _ = self._code(code)
            found[file, first_line, function.rpartition(".")[2]] = function
        return found

    def stack(self, node: int) -> list[Frame]:
        """The frames of a node, outermost first."""
        frames = []
        while node:
            frames.append(self._frames[self.node_frames[node]])
            node = self.node_parents[node]
        frames.reverse()
        return frames

    @cached_property
    def node_user_frames(self) -> Sequence[int]:
        """Of each node the nearest frame of the program's own code, of it or of its callers; -1: none."""
        own, found = self._is_user_frame, array("i", [-1])
        for parent, frame in zip(self.node_parents[1:], self.node_frames[1:], strict=True):
            found.append(frame if own[frame] else found[parent])
        return found

    @cached_property
    def site_user_frames(self) -> Sequence[int]:
        """Of each site (a row) the frame that it counts for: the nearest one of the program's own code, or that of the
        site itself when there is none."""
        own, above = self._is_user_frame, self.node_user_frames
        return array("I", (
            frame if own[frame] or above[parent] < 0 else above[parent]
            for frame, parent in zip(self.site_frames, self.site_parents, strict=True)
        ))  # fmt: skip

    @cached_property
    def _is_user_frame(self) -> Sequence[bool]:
        """Of each frame whether it is of the program's own code."""
        return [self.is_user_file(frame.file) for frame in self.frames]

    def user_frame(self, site: int) -> Frame:
        """The frame that a site (a row) counts for."""
        return self.frames[self.site_user_frames[site]]

    def source_line(self, file: str, line: int) -> str:
        """The text of a line as it was when it ran: kept in the recording, or read from a file that has
        not been changed since; empty when neither is there."""
        text = self._sources.get(file, {}).get(str(line))
        if isinstance(text, str):
            return text
        return source_line(file, line, self._changed_at(file)) if self.is_as_it_ran(file) else ""

    def is_as_it_ran(self, file: str) -> bool:
        """Whether a file is there, and has not been changed since it ran."""
        return bool(file) and self._changed_at(file) <= self._ended_at

    def _changed_at(self, file: str) -> float:
        known = self._changes.get(file)
        if known is None:
            known = self._changes[file] = changed_at(file)
        return known

    @cached_property
    def _changes(self) -> dict[str, float]:
        return {}

    @cached_property
    def _ended_at(self) -> float:
        try:
            begun = datetime.fromisoformat(str(self.meta["started_at"]).replace("Z", "+00:00"))
        except (KeyError, ValueError):
            return float("inf")
        return begun.timestamp() + self._lasted_s + _CLOCK_S

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
        """Whether a source file is the program's own: neither standard library nor installed, nor code that a
        library has made up (`<attrs generated ...>`)."""
        if not file or file.endswith(".so") or ".so." in file:
            return False
        if file.startswith("<") and not file.startswith(_TYPED_IN):
            return False
        if file == "<string>" and not self._is_typed_in:
            return False
        known = self._user_files.get(file)
        if known is None:
            known = not file.startswith(self._library_prefixes) and not self._is_installed(file)
            self._user_files[file] = known
        return known

    @cached_property
    def _is_typed_in(self) -> bool:
        """Whether the program is a text on the command line (or what was run is not known): libraries make code of
        texts as well, wrappers of functions and named tuples."""
        command = [str(each) for each in self.meta.get("command", ())][1:]
        options = list(takewhile(lambda each: each != "-m" and not each.endswith(".py"), command))
        return not command or "-c" in options

    def _is_installed(self, file: str) -> bool:
        """Whether a file lies where packages are installed, and the program does not: folders may have come to sys.path
        after those of libraries were noted."""
        words = (*self.meta.get("command", ()), f"{self.meta.get('directory', '')}/")
        return any(
            folder in file and not any(folder in str(word) for word in words)
            for folder in _INSTALLED
        )

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
        offsets = self._container.column(self._strings_table, "offsets")
        blob = self._container.column(self._strings_table, "bytes")
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

    def _frames_at(self, codes: Sequence[int], positions: Sequence[int]) -> Iterator[int]:
        """The frame of each code at a position, of many that are the same."""
        places = [code << 32 | position for code, position in zip(codes, positions, strict=True)]
        new = (at for at in dict.fromkeys(places) if at not in self._frame_ids)
        self._frame_ids |= {at: self._frame(at) for at in new}
        return map(self._frame_ids.__getitem__, places)

    def _frame(self, at: int) -> int:
        function, file, table = self._code(at >> 32)
        frame = Frame(function, file, table.line_at(at & 0xFFFFFFFF))  # one for all of a line
        index = self._frame_index.setdefault(frame, len(self._frames))
        if index == len(self._frames):
            self._frames.append(frame)
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
