"""A scratch copy of a project, in which a command runs as it did in the original."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from heapwise import units
from heapwise.errors import CannotProveError
from heapwise.prove.patch import FilePatch, apply_below

_LEFT_OUT = {
    ".git", ".hg", ".heapwise", "__pycache__", "node_modules", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".tox",
    ".nox", ".hypothesis",
}  # fmt: skip
MOST_BYTES = 2 * 1024**3


def project_of(directory: Path, files: Sequence[Path] = ()) -> Path:
    """What is to be copied: the nearest folder upwards from a directory that has a pyproject.toml, setup.py or
    .git; the directory itself where there is none. It must hold some files."""
    here = directory.resolve()
    found = next(
        (p for p in (here, *here.parents) if any((p / n).exists() for n in ("pyproject.toml", "setup.py", ".git"))),
        here,
    )  # fmt: skip
    if found == Path(found.anchor) or found == Path.home().resolve():
        found = here
    for file in files:
        if not file.resolve().is_relative_to(found):
            raise CannotProveError(f"{file} is not below {found}", "name the project with --root")
    return found


class Workspace:
    """The copy. root: of the original; place: of the copy, which begins anew for each run. CannotProveError when it
    is too large, or cannot be made."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root.resolve()
        self._pristine, self.place = folder.resolve() / "pristine", folder.resolve() / "project"
        total = 0
        for above, folders, files in os.walk(self.root):
            folders[:] = [each for each in folders if not _is_left_out(Path(above) / each)]
            for name in files:
                path = Path(above, name)
                total += path.lstat().st_size
                if total > MOST_BYTES:
                    raise CannotProveError(
                        f"{self.root} holds more than {units.size(MOST_BYTES)}",
                        "name less with --root",
                    )
        _copy(self.root, self._pristine)
        self._mend_links()
        self._state: dict[str, tuple[int, int]] = {}

    def _mend_links(self) -> None:
        """Links into the project lead into the copy; those out of it to where they led."""
        for above, folders, files in os.walk(self._pristine):
            for name in (*folders, *files):
                link = Path(above, name)
                if not link.is_symlink():
                    continue
                here = self.root / link.parent.relative_to(self._pristine)
                aim = Path(os.path.normpath(here / link.readlink()))
                into = (
                    self.place / aim.relative_to(self.root)
                    if aim.is_relative_to(self.root)
                    else aim
                )
                if link.readlink().is_absolute() or into is aim:
                    link.unlink()
                    link.symlink_to(into)

    def change(self, patches: Sequence[FilePatch]) -> list[Path]:
        """Makes changes in what runs begin with; where the files will lie. CannotProveError."""
        changed = apply_below(self._pristine, patches)
        return [self.place / path.relative_to(self._pristine) for path in changed]

    def renew(self) -> None:
        """The copy as it was at first, whatever a run has left in it."""
        if self._state and self._state == _state(self.place):
            return
        shutil.rmtree(self.place, ignore_errors=True)
        _copy(self._pristine, self.place)
        self._state = _state(self.place)

    def moved(self, word: str) -> str:
        """A word of a command with its paths below the original led into the copy; those of environments and the like
        stay."""
        inside = f"{self.root}{os.sep}"
        parts = word.split(inside)
        found = parts[0]
        for part in parts[1:]:
            first = part.partition(os.sep)[0]
            away = _is_left_out(self.root / first) if first else False
            found += (inside if away else f"{self.place}{os.sep}") + part
        return str(self.place) if found == str(self.root) else found

    def command(self, words: Sequence[str]) -> list[str]:
        """A command as it is given in the copy."""
        return [self.moved(word) for word in words]

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """The environment of a run: modules are found in the copy; without settings of ours."""
        found = {name: value for name, value in given.items() if not name.startswith("HEAPWISE_")}
        paths = [self.moved(each) for each in found.get("PYTHONPATH", "").split(os.pathsep) if each]
        sources = self.place / "src"
        if (self._pristine / "src").is_dir() and str(sources) not in paths:
            paths.insert(0, str(sources))
        if paths:
            found["PYTHONPATH"] = os.pathsep.join(paths)
        found.setdefault("PYTHONHASHSEED", "0")
        return found


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copytree(source, target, symlinks=True, ignore=_ignored)
    except (shutil.Error, OSError) as error:
        raise CannotProveError(f"{source} cannot be copied: {error}") from None


def _state(place: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of all that a run may have left."""
    found = {}
    for above, folders, files in os.walk(place):
        folders[:] = [each for each in folders if each != "__pycache__"]
        for name in (*files, *folders):
            told = Path(above, name).lstat()
            found[str(Path(above, name))] = (
                told.st_size if name in files else 0,
                told.st_mtime_ns if name in files else 0,
            )
    return found


def _is_left_out(path: Path) -> bool:
    return path.name in _LEFT_OUT or (path / "pyvenv.cfg").exists()


def _ignored(folder: str, names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if _is_left_out(Path(folder, name)) or _is_no_file(Path(folder, name))
    }


def _is_no_file(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device."""
    return path.exists() and not path.is_file() and not path.is_dir()
