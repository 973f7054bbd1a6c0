"""A process of a run with --snapshot signal: found by its number, and asked by that signal."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from heapwise.capture import triggers
from heapwise.errors import UsageError


@dataclass(frozen=True)
class Listening:
    """pid of the program itself; path: the recording of its run's main process; number: the signal."""

    pid: int
    path: Path
    number: int

    def send(self) -> None:
        """Sends the signal. UsageError when it cannot be sent."""
        try:
            os.kill(self.pid, self.number)
        except OSError as error:
            raise UsageError(f"process {self.pid}: {error.strerror}") from None


def find(pid: int) -> Listening:
    """The process of that number, or the program of a `heapwise run` of that number. UsageError when it does not
    listen."""
    environment = _environment(pid)
    if "HEAPWISE_CAPTURE" not in environment:  # `heapwise run` itself: its program is meant
        for child in _children(pid):
            if "HEAPWISE_CAPTURE" in (of_child := _environment(child)):
                pid, environment = child, of_child
    wanted = triggers.parse(environment.get("HEAPWISE_CAPTURE_SNAPSHOT", ""))
    if "signal" not in wanted:
        raise UsageError(
            f"process {pid} was not started with `heapwise run --snapshot signal`",
            "start it so, or call heapwise.snapshot(path) or heapwise.trim() in it",
        )
    number = getattr(signal, "SIG" + wanted["signal"])
    if not _catches(pid, number):
        raise UsageError(
            f"process {pid} does not listen to SIG{wanted['signal']} (any more)",
            "it may be starting, or have set the signal itself: choose another, --snapshot signal=USR1",
        )
    return Listening(pid, Path(environment.get("HEAPWISE_CAPTURE_PATH", "")), number)


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
