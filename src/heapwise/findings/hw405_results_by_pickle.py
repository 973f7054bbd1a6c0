"""HW405: what workers send back is there several times.

A result of another process comes as a pickle: the worker has the object and its pickle, the parent the pickle and the
object that is made of it. Of an array that is four times what it takes.

What to do: let workers write where the parent reads: `multiprocessing.shared_memory`, `np.memmap`, a file whose path
is the result; or send back what the parent needs of it, a sum or a row. The saving is what pickles took in the parent
at its peak; what they took in the workers goes besides. Clean: results that are small.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from heapwise import units
from heapwise.findings.run import Run
from heapwise.model.finding import Finding, Freed
from heapwise.model.recording import Recording
from heapwise.model.tables import Frame

CODE = "HW405"
TITLE = "what workers send back is there several times"
_LEAST_BYTES, _LEAST_SHARE = 8 << 20, 0.1
_RECEIVES, _IN_PARENT = "Connection._recv", ("Pool._handle_results", "_ExecutorManagerThread.run")
_SENDS, _IN_WORKER = "ForkingPickler.dumps", ("worker", "_process_worker")
_LIBRARIES = {"multiprocessing", "concurrent"}


def scan(run: Run) -> Iterator[Finding]:
    """Pools of processes whose results are large."""
    received = _held(run.main, _RECEIVES, _IN_PARENT)
    size = sum(received.values())
    if size < max(_LEAST_BYTES, _LEAST_SHARE * run.main.summary.peak_bytes):
        return
    place = max(received, key=lambda each: received[each])
    sent = max((sum(_held(each, _SENDS, _IN_WORKER).values()) for each in run.children), default=0)
    told = [f"pickles of results had {units.size(size)} at the peak, besides the results"]
    if sent:
        told.append(f"a worker had {units.size(sent)} of them at its peak")
    yield Finding(
        CODE, TITLE, place.file, place.line, place.function, evidence=tuple(told), saving_bytes=size, confidence=0.7,
        fix="let the worker write it where the parent reads: multiprocessing.shared_memory, np.memmap, a file; or "
        "send back what is needed of it",
        freed=Freed(lines={(each.file, each.line): held for each, held in received.items()}),
    )  # fmt: skip


def _held(process: Recording, function: str, below: tuple[str, ...]) -> dict[Frame, int]:
    """The program's line -> bytes at the peak of what a library's function allocated, called by one of some others."""
    frames = process.frames
    named = [
        frame.function.endswith(function) and bool(_LIBRARIES & set(Path(frame.file).parts))
        for frame in frames
    ]
    sites = process.sites
    found: dict[Frame, int] = {}
    for row, size in enumerate(sites.figures["peak_bytes"]):
        if size > 0 and named[sites.frame[row]]:
            above = process.stack(sites.parent[row])
            if any(each.function in below for each in above):
                at = process.user_frame(row)
                found[at] = found.get(at, 0) + round(size)
    return found
