"""memory_profiler's `mprof`: run, plot, peak, list, rm, clean, on the same files.

A file has lines `CMDLINE command`, `MEM MiB seconds`, `CHLD number MiB seconds` and
`FUNC name MiB seconds MiB seconds` (entered, left); seconds since the epoch.
"""

from __future__ import annotations

import fnmatch
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from heapwise.compat.sampler import BACKENDS, children_of, resident_bytes
from heapwise.errors import MissingFileError, UsageError

_NAME = re.compile(r"^mprofile_(\d{14})(?:_\d+)?\.dat$")
_MIB = 2.0**20


@dataclass
class Profile:
    """A file that was read: usage and children's usage as (seconds, MiB), functions' runs."""

    command: str = ""
    usage: list[tuple[float, float]] = field(default_factory=list)
    children: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    functions: dict[str, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    """Name -> (entered s, MiB, left s, MiB)."""


def read(path: Path) -> Profile:
    """Reads a file. UsageError when a line is not of its format."""
    found = Profile()
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError as error:
        raise MissingFileError(f"{path} cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        kind, _, rest = line.partition(" ")
        words = rest.split()
        try:
            if kind == "CMDLINE":
                found.command = rest
            elif kind == "MEM":
                found.usage.append((float(words[1]), float(words[0])))
            elif kind == "CHLD":
                series = found.children.setdefault(int(words[0]), [])
                series.append((float(words[2]), float(words[1])))
            elif kind == "FUNC":
                mem, when, end_mem, end = map(float, words[1:5])
                found.functions.setdefault(words[0], []).append((when, mem, end, end_mem))
            elif kind:
                raise ValueError(kind)
        except (ValueError, IndexError):
            raise UsageError(f"{path}:{number} is no line of a memory profile") from None
    return found


def profiles(directory: Path) -> list[Path]:
    """The profiles of a directory, oldest first."""
    return sorted(path for path in directory.iterdir() if _NAME.match(path.name))


def chosen(words: Sequence[str], directory: Path) -> list[Path]:
    """Files by name, by number of `list` (negative from the end), or the newest."""
    known = profiles(directory)
    if not words:
        if not known:
            raise MissingFileError("there is no profile here", "make one with `heapwise mprof run`")
        return [known[-1]]
    found = []
    for word in words:
        if re.fullmatch(r"-?\d+", word) and not Path(word).exists():
            try:
                found.append(known[int(word)])
            except IndexError:
                raise MissingFileError(
                    f"there is no profile {word}; there are {len(known)}"
                ) from None
        else:
            found.append(Path(word))
    return found


def new_name(directory: Path) -> Path:
    """A name by the time, not yet taken."""
    base = time.strftime("mprofile_%Y%m%d%H%M%S")
    path, number = directory / f"{base}.dat", 1
    while path.exists():
        path, number = directory / f"{base}_{number}.dat", number + 1
    return path


def is_python(program: Sequence[str]) -> bool:
    """Whether a program is a Python script to be run by this interpreter."""
    return program[0].endswith(".py")


def record(
    program: Sequence[str], path: Path, *, interval: float = 0.1, python: bool = False,
    include_children: bool = False, multiprocess: bool = False, timeout: float | None = None,
    backend: str | None = None, attach: int | None = None,
) -> int:  # fmt: skip
    """Runs a program (or watches a process) and writes its memory over time; returns its exit code."""
    kind = backend if backend in BACKENDS else "psutil"
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    command = list(program)
    if python and command:
        command = [sys.executable, "-m", "heapwise.compat.memory_profiler", "--timestamp", "-o",
                   str(path.absolute())]  # fmt: skip
        command += ["--include-children"] * include_children + list(program)
    with path.open("a") as out:
        out.write(f"CMDLINE {' '.join(program) or f'process {attach}'}\n")
        out.flush()
        child = subprocess.Popen(command, env=environment) if attach is None else None
        pid = child.pid if child is not None else attach or 0
        begun = time.monotonic()
        count = 0
        try:
            while True:
                used = resident_bytes(pid, kind, include_children=include_children)
                if used == 0:
                    break
                now = time.time()
                out.write(f"MEM {used / _MIB:.6f} {now:.4f}\n")
                for number, each in enumerate(children_of(pid) if multiprocess else ()):
                    out.write(f"CHLD {number} {resident_bytes(each, kind) / _MIB:.6f} {now:.4f}\n")
                out.flush()
                count += 1
                left = max(0.0, begun + count * interval - time.monotonic())
                if timeout is not None and time.monotonic() - begun >= timeout:
                    break
                if child is None:
                    time.sleep(left)
                    continue
                try:
                    child.wait(left)
                    break
                except subprocess.TimeoutExpired:
                    continue
        except KeyboardInterrupt:
            pass
        if child is None:
            return 0
        if child.poll() is None and timeout is not None:
            child.terminate()
        return child.wait()


def peak(profile: Profile, function: str = "") -> float:
    """The highest usage in MiB, children added where they were watched apart; of the runs of one
    function where it is named. UsageError when it did not run."""
    usage = profile.usage
    if function:
        runs = [
            run for name, found in profile.functions.items() for run in found
            if name == function or name.rpartition(".")[2] == function
        ]  # fmt: skip
        if not runs:
            raise UsageError(f"{function} is not in this profile")
        inside = [max(mem, end_mem) for _, mem, _, end_mem in runs]
        inside += [mem for t, mem in usage if any(begin <= t <= end for begin, _, end, _ in runs)]
        return max(inside)
    return max((mem for _, mem in usage), default=0.0)


def remove(words: Sequence[str], directory: Path, *, dry_run: bool = False) -> list[Path]:
    """Removes profiles by number, name or pattern; returns which. Other files are never touched."""
    known = profiles(directory)
    wanted: dict[Path, None] = {}
    for word in words:
        if re.fullmatch(r"-?\d+", word):
            wanted[chosen([word], directory)[0]] = None
        else:
            matches = [path for path in known if fnmatch.fnmatch(path.name, word)]
            if not matches:
                raise MissingFileError(f"no profile here is called {word}")
            wanted |= dict.fromkeys(matches)
    for path in () if dry_run else wanted:
        path.unlink(missing_ok=True)
    return list(wanted)
