"""HW405: what workers send back is there several times.

A result of another process comes as a pickle: the worker has the object and its pickle, the parent the pickle and the
object that is made of it. Of an array that is four times what it takes.

What to do: let workers write where the parent reads: `multiprocessing.shared_memory`, `np.memmap`, a file whose path is
the result; or send back what the parent needs of it, a sum or a row. The saving is what pickles took in the parent at
its peak; what they took in the workers goes besides. Costs: the parent reads a file, or shared memory that somebody
must unlink. Clean: results that are small.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.passing import Passing
from heapwise.analyze.pickled import RECEIVED, SENT, pickled
from heapwise.findings.run import Run
from heapwise.model.finding import Finding, Freed

CODE = "HW405"
TITLE = "what workers send back is there several times"
_LEAST_BYTES, _LEAST_SHARE = 8 << 20, 0.1
_IN_PARENT = ("Pool._handle_results", "_ExecutorManagerThread.run")
_IN_WORKER = ("worker", "_process_worker")
"""What reads results in the parent, and makes them in a worker: of `multiprocessing` and `concurrent.futures`."""


def scan(run: Run) -> Iterator[Finding]:
    """Pools of processes whose results are large."""
    received = pickled(run.main, Passing(run.main), RECEIVED, within=_IN_PARENT)
    size = sum(received.values())
    if size < max(_LEAST_BYTES, _LEAST_SHARE * run.main.summary.peak_bytes):
        return
    place = max(received, key=lambda each: received[each])
    by_worker = (pickled(each, Passing(each), SENT, within=_IN_WORKER) for each in run.children)
    sent = max((sum(each.values()) for each in by_worker), default=0)
    told = [f"pickles of results had {units.size(size)} at the peak, besides the results"]
    if sent:
        told.append(f"a worker had {units.size(sent)} of them at its peak")
    yield Finding(
        CODE, TITLE, place.file, place.line, place.function, evidence=tuple(told), saving_bytes=size, confidence=0.7,
        fix="let the worker write it where the parent reads: multiprocessing.shared_memory, np.memmap, a file; or "
        "send back what is needed of it",
        freed=Freed(lines={(each.file, each.line): held for each, held in received.items()}),
    )  # fmt: skip
