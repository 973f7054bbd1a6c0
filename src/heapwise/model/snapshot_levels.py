"""How much a process held when a snapshot was taken: objects, what was recorded, and what malloc gave."""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.model.graph import native_graph, u8
from heapwise.model.snapshot_facts import Facts


class Levels(Facts):
    """The part of a snapshot that is about the whole."""

    def figure(self, name: str) -> int:
        """A figure of the summary."""
        raise NotImplementedError

    def nodes(self, name: str) -> Sequence[int]:
        """A column of the nodes."""
        raise NotImplementedError

    def level_bytes(self) -> int:
        """What the process held: all that was recorded, and the objects that were there before; under a
        sampling recorder all objects."""
        if self.figure("recorder_sampled"):
            return self.figure("shallow_bytes")
        sums, _ = native_graph().group_sums(self.nodes("birth"), self.nodes("size_bytes"), 1)
        twice = self.figure("grown_tables_bytes")  # recorded, and of objects that were there before
        return self.figure("heap_bytes") + u8(sums)[0] - twice

    def ownerless_bytes(self) -> int:
        """What was recorded and belongs to no object."""
        return self.level_bytes() - self.figure("shallow_bytes")

    def malloc_bytes(self) -> int:
        """What malloc has given to anybody; 0 where the C library does not tell."""
        return self.figure("malloc_used_bytes") + self.figure("malloc_mapped_bytes")

    def unrecorded_bytes(self) -> int:
        """What malloc has given beyond what was recorded (beyond all objects, where nothing was). Less than it is
        by what pymalloc's small blocks take: of meaning only as a difference."""
        recorded = self.figure("recorder_started_ns")
        return self.malloc_bytes() - self.figure("heap_bytes" if recorded else "shallow_bytes")
