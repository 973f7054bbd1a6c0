"""Where recordings lie: `.heapwise/` beside the program's pyproject.toml, numbered, the newest known.

Also finds the recordings that child processes wrote beside their parent's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from heapwise.errors import MissingFileError, NotWritableError
from heapwise.model.mark import is_ours

DIRECTORY = ".heapwise"
DEFAULT_KEEP = 20
_NUMBERED = re.compile(r"^(\d{4,})-.*\.hw$")


def project_directory(start: Path | None = None) -> Path:
    """The nearest directory upwards that holds a pyproject.toml; the starting one if none does."""
    here = (start or Path.cwd()).absolute()
    for place in (here, *here.parents):
        if (place / "pyproject.toml").is_file():
            return place
    return here


def new_path(name: str, *, keep: int = DEFAULT_KEEP) -> Path:
    """The next numbered path for a recording; drops the oldest runs beyond `keep`.

    Raises NotWritableError when the directory cannot be made or written.
    """
    directory = project_directory() / DIRECTORY
    try:
        directory.mkdir(exist_ok=True)
        ignore = directory / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
    except OSError as error:
        raise NotWritableError(
            f"{directory} cannot be written: {error.strerror}", "name a place with -o"
        ) from None
    if not os.access(directory, os.W_OK | os.X_OK):
        raise NotWritableError(f"{directory} cannot be written", "name a place with -o")
    numbers = sorted(_numbers(directory))
    if keep > 0:
        for number in numbers[: max(0, len(numbers) - keep + 1)]:
            for pattern in (f"{number:04d}-*.hw*", f"{number:04d}-*.unrecorded"):
                for old in directory.glob(pattern):
                    old.unlink(missing_ok=True)
    number = (numbers[-1] if numbers else 0) + 1
    clean = re.sub(r"[^A-Za-z0-9_.]+", "_", name).strip("._") or "program"
    return directory / f"{number:04d}-{clean[:60]}.hw"


def set_latest(path: Path) -> None:
    """Remembers which recording is the newest. Silent when that cannot be written."""
    directory = project_directory() / DIRECTORY
    try:
        directory.mkdir(exist_ok=True)
        (directory / "latest").write_text(str(path.absolute()) + "\n")
    except OSError:
        return


def latest() -> Path:
    """The newest recording; MissingFileError when there is none."""
    directory = project_directory() / DIRECTORY
    try:
        path = Path((directory / "latest").read_text().strip())
    except OSError:
        path = Path()
    if path.is_file():
        return path
    found = sorted(
        (p for p in directory.glob("*.hw") if _NUMBERED.match(p.name) and p.name.count(".") == 1),
        key=lambda p: int(p.name.split("-")[0]),
    )
    if not found:
        raise MissingFileError("there is no recording yet", "make one with `heapwise run SCRIPT`")
    return found[-1]


def check_output(path: Path) -> None:
    """Refuses an output that cannot be written, or that would overwrite somebody else's file."""
    path = path.absolute()
    if path.is_dir():
        raise NotWritableError(f"{path} is a directory")
    if path.exists() and not is_ours(path):
        raise NotWritableError(
            f"{path} exists and is no file of Heapwise", "name another, or remove it yourself"
        )
    if not path.parent.is_dir():
        raise NotWritableError(f"the directory {path.parent} does not exist")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise NotWritableError(f"the directory {path.parent} cannot be written")


def children_of(path: Path) -> list[Path]:
    """Recordings of child processes beside a main recording, by process number."""
    stem = path.name.removesuffix(".hw")
    pattern = re.compile(re.escape(stem) + r"\.(\d+)(?:-\d+)?\.hw$")
    found = []
    try:
        for sibling in path.parent.iterdir():
            match = pattern.match(sibling.name)
            if match:
                found.append((int(match[1]), sibling))
    except OSError:
        return []
    return [sibling for _, sibling in sorted(found)]


def snapshots_of(path: Path) -> list[Path]:
    """Snapshots that the run of a recording left beside it, the oldest first."""
    stem = path.name.removesuffix(".hw")
    pattern = re.compile(re.escape(stem) + r"(?:\.(?:peak|\d+|signal-\d+))?\.snapshot\.hw$")
    try:
        found = [other for other in path.parent.iterdir() if pattern.match(other.name)]
        return sorted(found, key=lambda other: (other.stat().st_mtime_ns, other.name))
    except OSError:
        return []


def end_snapshot_of(path: Path) -> Path:
    """Where the snapshot of the end of a recording's run stands, if one was taken."""
    return path.with_name(path.name.removesuffix(".hw") + ".snapshot.hw")


def has_siblings(path: Path) -> bool:
    """Whether files lie beside a recording that child processes of a run to this path could have left."""
    stem = path.name.removesuffix(".hw") + "."
    with os.scandir(path.parent) as entries:
        return any(entry.name.startswith(stem) and entry.name != path.name for entry in entries)


def unrecorded_count(path: Path) -> int:
    """How many processes of a run wrote no recording, because there were too many."""
    try:
        return _unrecorded_file(path).stat().st_size
    except OSError:
        return 0


def remove(path: Path, children: Sequence[Path]) -> None:
    """Removes recordings of child processes, and what else their run left beside the main one."""
    stem = path.name.removesuffix(".hw")
    half_written = re.compile(re.escape(stem) + r"\.(?:\d+(?:-\d+)?|peak\.snapshot)\.hw\.tmp$")
    halves = [other for other in path.parent.iterdir() if half_written.match(other.name)]
    snapshots = [each for of in (path, *children) for each in snapshots_of(of)]
    for old in (*children, *halves, *snapshots, _unrecorded_file(path)):
        old.unlink(missing_ok=True)


def _unrecorded_file(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".hw") + ".unrecorded")


def _numbers(directory: Path) -> set[int]:
    return {int(m[1]) for p in directory.iterdir() if (m := _NUMBERED.match(p.name))}
