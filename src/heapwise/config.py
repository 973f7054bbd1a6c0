"""Settings: `[tool.heapwise]` in pyproject.toml, then HEAPWISE_* variables; the command line wins.

Unknown keys are errors, with the nearest known one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from heapwise import units
from heapwise.errors import ConfigurationError

PREFIX = "HEAPWISE_"
# Variables with this prefix are between `heapwise run` and the interpreter that it starts.
INTERNAL = "HEAPWISE_CAPTURE"


class Settings(NamedTuple):
    """keep: runs that stay in .heapwise/ (0: all). sample: mean bytes between samples (0: record
    exactly). native: native frames in stacks. children: record child processes."""

    keep: int = 20
    sample: int = 0
    native: bool = False
    children: bool = True


def _count(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.strip().isdigit() else value
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise ValueError("a whole number that is not negative")
    return number


def _size(value: object) -> int:
    if isinstance(value, str):
        try:
            return units.parse_size(value)
        except ValueError:
            raise ValueError('a size, for example "256KiB"') from None
    return _count(value)


def _flag(value: object) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


_KINDS: dict[str, Callable[[object], int | bool]] = {
    "keep": _count,
    "sample": _size,
    "native": _flag,
    "children": _flag,
}


def load(project: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings for a project directory. Raises ConfigurationError."""
    in_file = _from_file(project / "pyproject.toml")
    in_file.pop("lint", None)  # a table of its own
    settings = _applied(Settings(), in_file, "pyproject.toml")
    variables = os.environ if environment is None else environment
    chosen = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in sorted(variables.items())
        if name.startswith(PREFIX) and not name.startswith(INTERNAL)
    }
    return _applied(settings, chosen, "the environment")


class Lint(NamedTuple):
    """Settings of `heapwise lint`, `[tool.heapwise.lint]`. select, ignore: codes, or how they begin; nothing
    selected: all. exclude: folders and patterns of files. per_file_ignores: pattern -> codes."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}


def load_lint(project: Path) -> Lint:
    """The settings of a project's lint. Raises ConfigurationError."""
    table = _from_file(project / "pyproject.toml").get("lint", {})
    if not isinstance(table, dict):
        raise ConfigurationError("tool.heapwise.lint in pyproject.toml is no table")
    known = ("select", "ignore", "exclude", "per-file-ignores")
    for name, value in table.items():
        if name not in known:
            raise ConfigurationError(
                f"pyproject.toml sets the unknown key 'lint.{name}'", _nearest(name, known)
            )
        lists = (
            value.values() if name == "per-file-ignores" and isinstance(value, dict) else [value]
        )
        for each in lists:
            if not isinstance(each, list) or not all(isinstance(word, str) for word in each):
                raise ConfigurationError(
                    f"pyproject.toml sets lint.{name} to {value!r}", "lists of words belong there"
                )
    by_file = table.get("per-file-ignores", {})
    if not isinstance(by_file, dict):
        raise ConfigurationError("lint.per-file-ignores in pyproject.toml is no table")
    return Lint(
        tuple(table.get("select", ())), tuple(table.get("ignore", ())), tuple(table.get("exclude", ())),
        {pattern: tuple(codes) for pattern, codes in by_file.items()},
    )  # fmt: skip


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"


def _from_file(path: Path) -> dict[str, object]:
    try:
        text = path.read_bytes()
    except OSError:
        return {}
    if b"tool.heapwise" not in text:
        return {}
    import tomllib

    try:
        found = tomllib.loads(text.decode()).get("tool", {}).get("heapwise", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise ConfigurationError(f"tool.heapwise in {path} is no table")
    return found


def _applied(settings: Settings, values: Mapping[str, object], source: str) -> Settings:
    for name, value in values.items():
        if name not in _KINDS:
            raise ConfigurationError(
                f"{source} sets the unknown key {name!r}", _nearest(name, _KINDS)
            )
        try:
            settings = settings._replace(**{name: _KINDS[name](value)})  # type: ignore[arg-type]
        except ValueError as error:
            raise ConfigurationError(
                f"{source} sets {name} to {value!r}", f"it must be {error}"
            ) from None
    return settings
