"""What do pickles take that go between processes?"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from heapwise.analyze.passing import Passing
from heapwise.model.recording import Recording
from heapwise.model.tables import Frame

SENT, RECEIVED = "ForkingPickler.dumps", "Connection._recv"
"""The functions of `multiprocessing` that make a pickle for another process, and read one."""


def pickled(
    recording: Recording, passing: Passing, function: str, *, within: Collection[str] = ()
) -> dict[Frame, int]:
    """The line that it counts for -> bytes at the peak of what SENT or RECEIVED allocated. within: where one of these
    functions called it; wherever it was called, where there are none."""
    frames, held = recording.frames, recording.sites.figures["peak_bytes"]
    rows = passing.sites_below({
        at for at, frame in enumerate(frames)
        if frame.function.endswith(function) and "multiprocessing" in Path(frame.file).parts
    })  # fmt: skip
    if within:
        callers = {at for at, frame in enumerate(frames) if frame.function in within}
        rows = sorted({*rows} & {*passing.sites_below(callers)})
    found: dict[Frame, int] = {}
    for row in rows:
        if held[row] > 0:
            at = recording.user_frame(row)
            found[at] = found.get(at, 0) + round(held[row])
    return found
