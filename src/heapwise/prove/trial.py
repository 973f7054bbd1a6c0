"""One run of a command: what it says, how long it takes, how much it needs."""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heapwise.errors import CannotProveError, HeapwiseError
from heapwise.model.family import open_family
from heapwise.model.recording import Recording

_LOOK_S, _LOOK_AT_CHILDREN_S = 0.004, 0.05


@dataclass(frozen=True, slots=True)
class Bare:
    """A run without us. said: stdout, with the copy's place taken out. files: what named output files hold, by
    digest (empty: not there)."""

    exit_code: int
    said: bytes
    complaint: str
    files: tuple[str, ...]
    peak_rss_bytes: int
    time_s: float
    private_bytes: int
    """What its child processes had of their own at their highest, added up; 0 where that was not asked for."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run under the recorder. sources: the files that its stacks name."""

    peak_bytes: int
    total_bytes: int
    sources: frozenset[str]


def bare(
    command: Sequence[str], directory: Path, environment: Mapping[str, str], *,
    outputs: Sequence[str] = (), hidden: str = "", with_children: bool = False,
) -> Bare:  # fmt: skip
    """Runs a command to its end. outputs: files to compare, relative to the directory. hidden: a path that is
    taken out of what it says. with_children: what these have of their own is measured, too. CannotProveError when it
    cannot be started."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        ours = _rss_bytes(os.getpid(), "VmHWM")
        begun = time.perf_counter()
        try:
            running = subprocess.Popen(
                command, cwd=directory, env=dict(environment), stdin=subprocess.DEVNULL,
                stdout=said, stderr=complaint, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise CannotProveError(f"{command[0]} cannot be started: {error.strerror}") from None
        own: dict[int, int] = {}
        with _ended(running):
            highest, status, usage = _watched(running.pid, own if with_children else None)
        took = time.perf_counter() - begun
        running.returncode = os.waitstatus_to_exitcode(status)
        # What wait4 tells begins with the size of the process that started it.
        told = usage.ru_maxrss * 1024
        highest = max(highest, told) if told > ours else highest
        said.seek(0)
        complaint.seek(0)
        return Bare(
            running.returncode, said.read().replace(hidden.encode() or b"\0\0", b""),
            complaint.read()[-2000:].decode(errors="replace"),
            tuple(_digest(directory / each) for each in outputs), highest, took,
            sum(own.values()),
        )  # fmt: skip


def _watched(pid: int, own: dict[int, int] | None) -> tuple[int, int, resource.struct_rusage]:
    """(highest resident set in bytes, wait status, usage) of a process, when it has ended. own: takes what each of
    its child processes had of its own at its highest."""
    highest, next_s = 0, 0.0
    while True:
        if own is not None and time.perf_counter() >= next_s:
            for child in _descendants(pid):
                own[child] = max(own.get(child, 0), _private_bytes(child))
            next_s = time.perf_counter() + _LOOK_AT_CHILDREN_S
        # The high-water mark is the kernel's: only what the last moment adds can be missed.
        highest = max(highest, _rss_bytes(pid, "VmHWM"))
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return highest, status, usage
        time.sleep(_LOOK_S)


@contextlib.contextmanager
def _ended(running: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens meanwhile, the process and its children do not outlive it."""
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _descendants(pid: int) -> list[int]:
    """The child processes of a process, and theirs."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        each = waiting.pop()
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                children = [int(word) for word in task.read_text().split()]
                found += children
                waiting += children
    return found


def _private_bytes(pid: int) -> int:
    """Pages that a process has written to, and has alone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Private_Dirty:")), 0
    )  # fmt: skip


def _rss_bytes(pid: int, name: str) -> int:
    try:
        with Path(f"/proc/{pid}/status").open() as status:
            for line in status:
                if line.startswith(name):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return 0


def split_interpreter(command: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """(the interpreter's flags, the script or -m or -c with its arguments) of a command; None when it is no Python."""
    if len(command) < 2 or not Path(command[0]).name.startswith("python"):
        return None
    flags: list[str] = []
    at = 1
    while at < len(command) and command[at].startswith("-") and command[at][:2] not in ("-m", "-c"):
        taken = 2 if command[at] in ("-X", "-W") else 1
        flags += command[at : at + taken]
        at += taken
    return (flags, list(command[at:])) if at < len(command) else None


def recorded(
    command: Sequence[str], directory: Path, environment: Mapping[str, str], place: Path
) -> Recorded | None:
    """Runs a command under the recorder, with its children; None when it cannot be recorded. place: a folder for
    the recording."""
    split = split_interpreter(command)
    if split is None:
        return None
    flags, program = split
    path = place / "trial.hw"
    for old in place.glob("trial*"):
        old.unlink()
    words = [sys.executable, *flags, "-m", "heapwise", "run", "-q", "-o", str(path), "--", *program]
    own = str(Path(__file__).parent.parent.parent)
    known = environment.get("PYTHONPATH", "")
    joined = os.pathsep.join(each for each in (known, own) if each)
    running = subprocess.Popen(
        words, cwd=directory, env={**environment, "PYTHONPATH": joined}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    with _ended(running):
        running.wait()
    try:
        found: Recording = open_family(path).process("all")
    except HeapwiseError:
        return None
    summary = found.summary
    sources = frozenset(frame.file for frame in found.frames)
    return Recorded(int(summary.peak_bytes), int(summary.total_bytes), sources)
