"""A scratch copy of a project, in which a command runs as it did in the original."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from heapwise import units
from heapwise.errors import CannotProveError

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
    """The copy. root: of the original; place: of the copy. CannotProveError when it is too large, or cannot be
    made."""

    def __init__(self, root: Path, place: Path) -> None:
        self.root, self.place = root.resolve(), place.resolve()
        total = 0
        for folder, folders, files in os.walk(self.root):
            folders[:] = [each for each in folders if not _is_left_out(Path(folder) / each)]
            for name in files:
                path = Path(folder, name)
                total += path.lstat().st_size
                if total > MOST_BYTES:
                    raise CannotProveError(
                        f"{self.root} holds more than {units.size(MOST_BYTES)}",
                        "name less with --root",
                    )
        try:
            shutil.copytree(
                self.root, self.place, symlinks=True, ignore=_ignored, dirs_exist_ok=True
            )
        except (shutil.Error, OSError) as error:
            raise CannotProveError(f"{self.root} cannot be copied: {error}") from None

    def moved(self, path: str) -> str:
        """A path below the original, in the copy; others as they are."""
        if Path(path).is_absolute() and Path(path).is_relative_to(self.root):
            inside = Path(path).relative_to(self.root)
            if not any(
                _is_left_out(self.root / above)
                for above in (inside, *inside.parents)
                if above.parts
            ):
                return str(self.place / inside)
        return path

    def command(self, words: Sequence[str]) -> list[str]:
        """A command whose paths below the original are those of the copy; its interpreter stays."""
        return [words[0], *(self.moved(word) for word in words[1:])]

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """The environment of a run: modules are found in the copy; without settings of ours."""
        found = {name: value for name, value in given.items() if not name.startswith("HEAPWISE_")}
        paths = [self.moved(each) for each in found.get("PYTHONPATH", "").split(os.pathsep) if each]
        sources = self.place / "src"
        if sources.is_dir() and str(sources) not in paths:
            paths.insert(0, str(sources))
        if paths:
            found["PYTHONPATH"] = os.pathsep.join(paths)
        found.setdefault("PYTHONHASHSEED", "0")
        return found


def _is_left_out(path: Path) -> bool:
    return path.name in _LEFT_OUT or (path / "pyvenv.cfg").exists()


def _ignored(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if _is_left_out(Path(folder, name))}
