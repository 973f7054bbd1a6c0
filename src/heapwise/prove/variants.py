"""Runs a command as it is and with allocator settings, and measures its resident set from outside."""

from __future__ import annotations

import ctypes.util
import math
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from heapwise.errors import CannotRecordError
from heapwise.model.mark import SETTING
from heapwise.model.table import Table

_LOOK_S = 0.01
_LAST_SHARE = 0.1
_TRIM_S = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """The resident set of one run: highest, mean, and in the last tenth of its time; and how long it took."""

    peak_bytes: int
    mean_bytes: int
    end_bytes: int
    time_s: float
    exit_code: int


def settings() -> Mapping[str, Mapping[str, str]]:
    """Name -> environment. Other allocators only where their library is found."""
    found: dict[str, dict[str, str]] = {
        "as it is": {},
        "MALLOC_ARENA_MAX=2": {"MALLOC_ARENA_MAX": "2"},
        "MALLOC_TRIM_THRESHOLD_=131072": {"MALLOC_TRIM_THRESHOLD_": "131072"},
        "MALLOC_MMAP_THRESHOLD_=131072": {"MALLOC_MMAP_THRESHOLD_": "131072"},
        "PYTHONMALLOC=malloc": {"PYTHONMALLOC": "malloc"},
        "malloc_trim(0) each half second": {SETTING: "trim=heap"},
        "empty pools dropped each half second": {SETTING: "trim=pools"},
    }
    for name in ("jemalloc", "mimalloc", "tcmalloc"):
        if library := ctypes.util.find_library(name):
            found[f"LD_PRELOAD={library}"] = {"LD_PRELOAD": library}
    return found


def measure(command: Sequence[str], directory: str, environment: Mapping[str, str]) -> Run:
    """Runs a command to its end, its output thrown away. CannotRecordError when it cannot be started."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HEAPWISE_")}
    begun = time.perf_counter()
    try:
        running = subprocess.Popen(
            command, cwd=directory or None, env={**clean, **environment},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise CannotRecordError(f"{command[0]} cannot be started: {error.strerror}") from None
    sizes: list[int] = []
    due = begun + _TRIM_S if SETTING in environment else math.inf
    while running.poll() is None:
        if time.perf_counter() >= due and _listens(running.pid):
            running.send_signal(signal.SIGUSR2)
            due = time.perf_counter() + _TRIM_S
        sizes.append(_rss_bytes(running.pid))
        time.sleep(_LOOK_S)
    took = time.perf_counter() - begun
    sizes = [size for size in sizes if size] or [0]
    last = sizes[-max(1, int(len(sizes) * _LAST_SHARE)) :]
    return Run(max(sizes), sum(sizes) // len(sizes), round(median(last)), took, running.returncode)


def _listens(pid: int) -> bool:
    """Whether a process has a handler for the signal: of one that has none it would be the end."""
    try:
        with Path(f"/proc/{pid}/status").open() as status:
            caught = next(
                (int(line.split()[1], 16) for line in status if line.startswith("SigCgt:")), 0
            )
    except OSError:
        return False
    return bool(caught >> (signal.SIGUSR2 - 1) & 1)


def _rss_bytes(pid: int) -> int:
    try:
        words = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return int(words[1]) * os.sysconf("SC_PAGESIZE") if len(words) > 1 else 0


def tried(
    command: Sequence[str], directory: str, *, rounds: int = 2, say: Callable[[str], None]
) -> Table:
    """name, peak_bytes, mean_bytes, end_bytes, time_ms, saving_bytes (of the mean, beside the run as it is): the
    median of some rounds; the largest saving first. A setting that changes the exit code is left out."""
    wanted = settings()
    runs: dict[str, list[Run]] = {name: [] for name in wanted}
    for number in range(rounds):
        for name, environment in wanted.items():
            say(f"round {number + 1} of {rounds}: {name}")
            runs[name].append(measure(command, directory, environment))
    usual = runs["as it is"]
    rows = []
    for name, made in runs.items():
        if made[0].exit_code != usual[0].exit_code:
            continue
        middle = [
            round(median(getattr(run, field) for run in made))
            for field in ("peak_bytes", "mean_bytes", "end_bytes")
        ]
        saving = round(median(run.mean_bytes for run in usual)) - middle[1]
        rows.append((name, *middle, 1000 * median(run.time_s for run in made), saving))
    rows.sort(key=lambda row: (row[0] != "as it is", -row[5]))
    names = ("name", "peak_bytes", "mean_bytes", "end_bytes", "time_ms", "saving_bytes")
    return Table("tried", {name: [row[i] for row in rows] for i, name in enumerate(names)})
