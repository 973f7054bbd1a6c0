"""HW204: subprocesses are started and not waited for.

A `Popen` whose process has not been waited for holds pipes, and the process stays as a zombie when it ends.

What to do: `with subprocess.Popen(...) as process: ...`, or `subprocess.run`. Costs: nothing. Clean: as many after each
round.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, lacks, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW204"
TITLE = "subprocesses are started and not waited for"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="subprocesses without an end",
        fix='with subprocess.Popen(...) as process: ...',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    return [
        node for node in named(snapshot, "subprocess.Popen", "asyncio.subprocess.Process")
        if lacks(snapshot, node, "returncode")
    ]  # fmt: skip
