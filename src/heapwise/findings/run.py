"""What rules on a whole run share: the run, and the line that a finding on it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from heapwise.analyze.by_place import lines, ranked
from heapwise.analyze.selection import Selection
from heapwise.analyze.sharing import Unshared, unshared
from heapwise.model.recording import Recording

LEAST_LOST_BYTES, LEAST_LOST_SHARE = 8 << 20, 0.10
"""What a forked process may lose of what it shared (the second: of that) before it is worth a word."""


@dataclass(frozen=True)
class Run:
    """main: the recording of the process that was started; children: those of its run."""

    main: Recording
    children: Sequence[Recording] = field(default=())

    @cached_property
    def unshared(self) -> Sequence[Unshared]:
        """What forked processes no longer share."""
        return unshared(self.children)

    @cached_property
    def largest_line(self) -> tuple[str, int, str]:
        """That of the main process."""
        return largest_line(self.main)


def largest_line(process: Recording) -> tuple[str, int, str]:
    """(file, line, function) that held most at the peak of a process; ("", 0, "") when there is none."""
    found = ranked(lines(process, Selection()), Selection())
    return found[0][0] if found else ("", 0, "")


def is_much(lost_bytes: int, each: Unshared) -> bool:
    """Whether a process lost enough of what it shared."""
    return lost_bytes >= max(LEAST_LOST_BYTES, LEAST_LOST_SHARE * each.shared_bytes)
