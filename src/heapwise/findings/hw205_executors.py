"""HW205: executors are made and not shut down.

A `ThreadPoolExecutor` or `ProcessPoolExecutor` keeps its workers until it is shut down.

What to do: `with ThreadPoolExecutor(...) as executor: ...`, or one executor for the program. Costs: nothing. Clean: as
many after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.analyze.paths import attribute
from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW205"
TITLE = "executors are made and not shut down"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="executors at work",
        fix='with ThreadPoolExecutor(...) as executor: ...',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    kinds = ("concurrent.futures.thread.ThreadPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor",
             "multiprocessing.pool.Pool", "multiprocessing.pool.ThreadPool")  # fmt: skip
    return [
        node for node in named(snapshot, *kinds)
        if snapshot.labels.get(attribute(snapshot, node, "_shutdown") or 0) != "True"
    ]  # fmt: skip
