"""Take a snapshot of a running program: heapwise snapshot PID.

The program was started with `heapwise run --snapshot signal ...`: it gets that signal, and the file that
it then writes is named here. (In a program of your own: heapwise.snapshot(path).)
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from pathlib import Path

from heapwise.capture import triggers
from heapwise.errors import CannotRecordError, HeapwiseError, UsageError
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
    environment = _environment(options.pid)
    if "HEAPWISE_CAPTURE" not in environment:  # `heapwise run` itself: its program is meant
        for child in _children(options.pid):
            if "HEAPWISE_CAPTURE" in (of_child := _environment(child)):
                options.pid, environment = child, of_child
    wanted = triggers.parse(environment.get("HEAPWISE_CAPTURE_SNAPSHOT", ""))
    path = Path(environment.get("HEAPWISE_CAPTURE_PATH", ""))
    if "signal" not in wanted:
        raise UsageError(
            f"process {options.pid} was not started with `heapwise run --snapshot signal`",
            "start it so, or call heapwise.snapshot(path) in it",
        )
    number = getattr(signal, "SIG" + wanted["signal"])
    if not _catches(options.pid, number):
        raise UsageError(
            f"process {options.pid} does not listen to SIG{wanted['signal']} (any more)",
            "it may be starting, or have set the signal itself: choose another, --snapshot signal=USR1",
        )
    before = set(_files(path))
    try:
        os.kill(options.pid, number)
    except OSError as error:
        raise UsageError(f"process {options.pid}: {error.strerror}") from None
    found = _await(path, before, options.pid, options.timeout)
    print(os.path.relpath(found))
    return 0


def _environment(pid: int) -> dict[str, str]:
    """What a process was started with."""
    try:
        text = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError as error:
        raise UsageError(f"process {pid} cannot be looked at: {error.strerror}") from None
    pairs = (word.decode("utf-8", "surrogateescape").partition("=") for word in text.split(b"\0"))
    return {name: value for name, _, value in pairs}


def _children(pid: int) -> list[int]:
    try:
        return [int(w) for w in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _catches(pid: int, number: int) -> bool:
    """Whether a process has a handler for a signal."""
    with Path(f"/proc/{pid}/status").open() as status:
        for line in status:
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return True


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
