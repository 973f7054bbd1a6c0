"""Take a snapshot of a running program: heapwise snapshot PID.

The program was started with `heapwise run --snapshot signal ...`: it gets that signal, and the file that
it then writes is named here. (In a program of your own: heapwise.snapshot(path).)
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from heapwise.capture import triggers
from heapwise.cli.listening import find
from heapwise.errors import CannotRecordError, HeapwiseError
from heapwise.model.snapshot import Snapshot

_POLL_S = 0.02


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("pid", type=int, help="a process of a run with --snapshot signal")
    parser.add_argument(
        "--timeout", type=float, default=60.0, metavar="SECONDS",
        help="how long to wait for the file (default: 60)",
    )  # fmt: skip


def execute(options: argparse.Namespace) -> int:
    """Sends the signal and waits for the file; prints its path."""
    asked = find(options.pid)
    before = set(_files(asked.path))
    asked.send()
    found = _await(asked.path, before, asked.pid, options.timeout)
    print(os.path.relpath(found))
    return 0


def _files(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name.removesuffix('.hw')}*.signal-*{triggers.SUFFIX}"))


def _await(path: Path, before: set[Path], pid: int, timeout_s: float) -> Path:
    """The new file of this process."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        for new in set(_files(path)) - before:
            try:
                if Snapshot.open(new).meta.get("pid") == pid:
                    return new
            except HeapwiseError:
                continue
        time.sleep(_POLL_S)
    raise CannotRecordError(
        f"process {pid} wrote no snapshot in {timeout_s:g} s",
        "its main thread may be in one long call of native code (wait longer with --timeout), or it has set a "
        "handler of its own for the signal",
    )
