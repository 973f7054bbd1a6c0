"""Memory by line of chosen functions, while they run: what the faces for other tools' names use."""

from __future__ import annotations

import struct
import sys
import threading

from heapwise.capture.core import native
from heapwise.capture.record import record

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from types import CodeType
    from typing import NamedTuple

    class LineFigures(NamedTuple):
        """Of one line: runs, what they changed (bytes, summed), the most in use after one (bytes)."""

        runs_count: int
        changed_bytes: int
        highest_bytes: int


_ROW = struct.Struct("<Qqq")
_recording: record | None = None
_lock = threading.Lock()


def keep_recording() -> None:
    """Records from now on, until the process ends: frees are seen of what was allocated since."""
    global _recording
    with _lock:
        if _recording is None:
            _recording = record().start()


def end_recording() -> None:
    """Ends what `keep_recording` began."""
    global _recording
    with _lock:
        if _recording is not None:
            _recording.stop()
            _recording = None


def in_use_bytes(*, resident: bool = False) -> int:
    """Bytes in use now: of the heap as recorded, or of the resident set."""
    used: int = native().line_usage_bytes(resident)
    return used


class LineTrace:
    """Traces the lines of code objects between begin and end, in the threads that call them.

    resident: the resident set is read at each line, and not the heap.
    """

    def __init__(self, *, resident: bool = False) -> None:
        self.resident = resident
        self._session: int = native().new_line_session()
        self._previous = threading.local()

    def choose(self, code: CodeType) -> None:
        """The lines of this code are traced."""
        if not native().trace_code(self._session, code, self.resident):
            raise MemoryError

    def begin(self) -> None:
        """Begins in this thread."""
        core = native()
        if not self.resident:
            keep_recording()
        if not core.line_trace_runs():
            self._previous.trace = sys.gettrace()
        core.begin_line_trace(self._session)

    def end(self) -> None:
        """Ends in this thread; the trace function that was there before is back."""
        core = native()
        core.end_line_trace(self._session)
        if not core.line_trace_runs():
            sys.settrace(getattr(self._previous, "trace", None))

    def close(self) -> None:
        """Forgets what was measured. Nothing runs any more."""
        native().drop_line_session(self._session)

    def lines(self, code: CodeType) -> dict[int, LineFigures]:
        """Line -> (runs, changed bytes, highest bytes), of the lines that ran."""
        found = native().line_rows(self._session, code)
        if found is None:
            return {}
        first_line, rows = found
        return {
            first_line + i: row  # type: ignore[misc]
            for i, row in enumerate(_ROW.iter_unpack(rows))
            if row[0]
        }
