"""What importing allocates: modules are imported once, and libraries make of themselves what no change spares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from heapwise.model.tables import Frame

_IMPORT = re.compile(r"(^|[:;])\s*(import|from)\b|import_module|__import__|importlib")
_IMPORT_ALONE = re.compile(r"^([^;]*:)?\s*(import|from)\b[^;]*$")
"""A line that imports, and one that does nothing else: what it allocates itself is code, read from files."""


class Importing:
    """The part of stacks that is about imports."""

    @property
    def node_parents(self) -> Sequence[int]:
        """Of each node the one above."""
        raise NotImplementedError

    @property
    def node_frames(self) -> Sequence[int]:
        """Of each node its frame."""
        raise NotImplementedError

    @property
    def site_parents(self) -> Sequence[int]:
        """Of each site the node that it hangs from."""
        raise NotImplementedError

    @property
    def frames(self) -> Sequence[Frame]:
        """All frames."""
        raise NotImplementedError

    @cached_property
    def site_frames(self) -> Sequence[int]:
        """Of each site its own frame."""
        raise NotImplementedError

    @cached_property
    def site_user_frames(self) -> Sequence[int]:
        """Of each site the frame that it counts for."""
        raise NotImplementedError

    def is_user_file(self, file: str) -> bool:
        """Whether a source file is the program's own."""
        raise NotImplementedError

    def source_line(self, file: str, line: int) -> str:
        """The text of a line as it was when it ran."""
        raise NotImplementedError

    @cached_property
    def site_imports(self) -> Sequence[int]:
        """Whether a site allocated while a module was being imported: importing happens once."""
        found = bytearray(len(self.node_parents))
        frames = self.frames
        for node in range(1, len(found)):
            above = self.node_parents[node]
            at = frames[self.node_frames[node]]
            found[node] = found[above] or (
                at.function == "<module>"
                and above != 0
                and self._imports(frames[self.node_frames[above]])
            )
        # Of one file together: its lines are read once.
        asked = {
            frame for parent, frame in zip(self.site_parents, self.site_frames, strict=True)
            if not found[parent]
        }  # fmt: skip
        reads = bytearray(len(frames))
        for frame in sorted(asked, key=lambda each: frames[each].file):
            reads[frame] = self._reads_code(frames[frame])
        return bytes(
            found[parent] or reads[frame]
            or (frames[frame].function == "<module>" and parent != 0
                and self._imports(frames[self.node_frames[parent]]))
            for parent, frame in zip(self.site_parents, self.site_frames, strict=True)
        )  # fmt: skip

    def _imports(self, frame: Frame) -> bool:
        """Whether a frame that runs a module's code does so by an import (and not by exec or runpy). The
        importing machinery itself is not part of stacks."""
        if frame.file.startswith("<frozen runpy"):
            return False
        text = self.source_line(frame.file, frame.line)
        if not text:
            return not self.is_user_file(frame.file)
        return _IMPORT.search(text) is not None

    def _reads_code(self, frame: Frame) -> bool:
        """Whether a line is an import and nothing else."""
        return _IMPORT_ALONE.match(self.source_line(frame.file, frame.line)) is not None

    def is_import(self, site: int) -> bool:
        """Whether the program's line that a site (a row) counts for is an import, or calls what imports: what libraries
        make of themselves."""
        if not self.site_imports[site]:
            return False
        frame = self.site_user_frames[site]
        known = self._import_frames.get(frame)
        if known is None:
            known = self._import_frames[frame] = self._imports(self.frames[frame])
        return known or self._is_imported_by_library(site)

    def _is_imported_by_library(self, site: int) -> bool:
        """Whether what is being imported at a site (a row) is a library's, in a call that the program makes."""
        frame, node = self.site_frames[site], self.site_parents[site]
        if self._begins_import(frame) or not node:
            return not self.is_user_file(self.frames[frame].file)
        passed, known = [], self._importers
        while node not in known:
            frame, above = self.node_frames[node], self.node_parents[node]
            passed.append(node)
            if self._begins_import(frame) or not above:
                known[node] = not self.is_user_file(self.frames[frame].file)
            node = above if node not in known else node
        known.update(dict.fromkeys(passed, known[node]))
        return known[node]

    def _begins_import(self, frame: int) -> bool:
        """Whether a frame is that of a module, or its line an import and nothing else."""
        known = self._first_of_imports.get(frame)
        if known is None:
            at = self.frames[frame]
            known = at.function == "<module>" or self._reads_code(at)
            self._first_of_imports[frame] = known
        return known

    @cached_property
    def _importers(self) -> dict[int, bool]:
        """Node -> whether a library is imported there."""
        return {}

    @cached_property
    def _first_of_imports(self) -> dict[int, bool]:
        return {}

    @cached_property
    def _import_frames(self) -> dict[int, bool]:
        return {}
