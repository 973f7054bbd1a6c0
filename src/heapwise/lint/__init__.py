"""What is wrong in source: one file a rule, with its fix.

A rule has CODE, TITLE, `look(source)`, its page as its docstring, and NEEDS where one of these words must stand in a
file for the rule to have anything to say; SIZED, when it is worth asking only where bytes are known; TIMED, when it
speaks of time above all.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from heapwise.errors import warn_of_failed_rule
from heapwise.lint.rule import Edit, Hit
from heapwise.lint.source import Source

UNREADABLE = "HW500"
_PAGE = """HW500: a file that is no Python.

The interpreter that runs Heapwise cannot read it: it has an error of syntax, needs a newer version, or names an
encoding that it is not in; or an expression is nested so deeply that rules cannot look at the file.

What to do: run Heapwise with the interpreter that the program runs with, or leave the file out (`exclude`).
"""
_NOQA = re.compile(r"#\s*noqa(?P<codes>\s*:\s*[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*)?", re.IGNORECASE)
_RULE_FILE = re.compile(r"hw\d{3}_")


@cache
def rules() -> Mapping[str, ModuleType]:
    """Code -> its rule."""
    names = [each.name for each in pkgutil.iter_modules(__path__) if _RULE_FILE.match(each.name)]
    found = [import_module(f"{__name__}.{name}") for name in sorted(names)]
    return {each.CODE: each for each in found}


def timed() -> frozenset[str]:
    """The codes of what takes time, whatever memory it needs."""
    return frozenset(code for code, rule in rules().items() if getattr(rule, "TIMED", False))


def pages() -> Mapping[str, str]:
    """Code -> its page."""
    own = {code: inspect.cleandoc(rule.__doc__ or "") for code, rule in rules().items()}
    return {UNREADABLE: _PAGE, **own}


def check_text(
    path: str,
    text: str,
    codes: Collection[str] | None = None,
    *,
    sized: bool = False,
    ran: Collection[int] = (),
) -> list[Hit]:
    """What the rules say of a file's text, in order of lines; lines with `# noqa` are left out. codes: of which
    rules; None for all. sized: say also what is worth saying only where its bytes are known. ran: the lines that
    allocated, where all are known: what they say without the functions that cannot have run comes beside it, without
    changes."""
    try:
        source = Source(path, text)
        as_it_ran = Source(path, text, ran) if ran else source
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [_unreadable(path, error)]
    found = _hits(source, codes, sized=sized)
    # Which of several was called, the run tells.
    is_open = any(len(each) > 1 for each in source.handed.values())
    if not as_it_ran.is_whole or (ran and is_open):
        told = {(each.code, each.line, each.column) for each in found}
        found += [
            replace(each, edits=()) for each in _hits(as_it_ran, codes, sized=sized)
            if (each.code, each.line, each.column) not in told
        ]  # fmt: skip
    return sorted(set(found), key=lambda each: (each.line, each.column, each.code))


def check_source(source: Source, codes: Collection[str]) -> list[Hit]:
    """What some rules say of a source, of sizes that nobody knows as well."""
    return _hits(source, codes, sized=True)


def _hits(source: Source, codes: Collection[str] | None, *, sized: bool) -> list[Hit]:
    """What the rules of some codes say of a source."""
    path, text = source.path, source.text
    found: list[Hit] = []
    too_deep: list[str] = []
    for code, rule in rules().items():
        only_sized = getattr(rule, "SIZED", False)
        if (codes is not None and code not in codes) or (only_sized and not sized):
            continue
        if any(word in text for word in getattr(rule, "NEEDS", ("",))):
            try:
                found += [each for each in _said_by(rule, source) if sized or not each.sized]
            except RecursionError:
                too_deep.append(code)
            except Exception as error:  # what the others say is told all the same
                warn_of_failed_rule(code, error)
    if too_deep:
        words = f"an expression is nested too deeply for {', '.join(too_deep)}"
        found.append(_unreadable(path, ValueError(words)))
    return [each for each in found if not _is_silenced(each, source.lines)] if found else found


def _said_by(rule: ModuleType, source: Source) -> list[Hit]:
    only_sized = getattr(rule, "SIZED", False)
    return [
        replace(each, sized=each.sized or only_sized, edits=_possible(source, each))
        for each in rule.look(source)
    ]


def _possible(source: Source, hit: Hit) -> tuple[Edit, ...]:
    """The changes of a hit; nothing where one needs an import whose name is taken."""
    return hit.edits if can_import(source, hit.edits) else ()


def can_import(source: Source, edits: Iterable[Edit]) -> bool:
    """Whether no name is taken that changes would import."""
    needed = [name.partition(":") for each in edits for name in each.imports]
    if needed and "*" in source.imports:
        return False
    return all(source.is_free(module, name) for module, _, name in needed)


def check_file(
    path: Path,
    codes: Collection[str] | None = None,
    *,
    sized: bool = False,
    ran: Collection[int] = (),
) -> list[Hit]:
    """The same of a file, decoded as Python would."""
    try:
        return check_text(str(path), read(path), codes, sized=sized, ran=ran)
    except (SyntaxError, UnicodeDecodeError, OSError) as error:
        return [_unreadable(str(path), error)]


def read(path: Path) -> str:
    """The text of a source file, by the encoding that it names; ends of lines as they are. SyntaxError,
    UnicodeDecodeError, OSError."""
    return path.read_bytes().decode(encoding(path))


def encoding(path: Path) -> str:
    """The encoding that a source file names."""
    with path.open("rb") as file:
        return tokenize.detect_encoding(file.readline)[0]


def files(paths: Iterable[Path], exclude: Collection[str] = ()) -> Iterator[Path]:
    """The Python files below some paths, in order; hidden and generated folders, and environments, left out."""
    for path in paths:
        if path.is_file():
            yield path
            continue
        for found in sorted(path.rglob("*.py")):
            if not found.is_file():  # a folder, a pipe, a link to nowhere
                continue
            inside = found.relative_to(path).parts
            named = (*_as_named(path), *inside)
            if (
                not any(_is_skipped(part) for part in inside[:-1])
                and not any(
                    found.match(pattern) or part_matches(pattern, named) for pattern in exclude
                )
                and not any(map(_is_environment, _between(path, found)))
            ):
                yield found


def _as_named(path: Path) -> tuple[str, ...]:
    """The parts of a path as a pattern may name them: from the working directory, where it is below that."""
    here = Path.cwd()
    if not path.is_absolute():
        return path.parts
    return path.relative_to(here).parts if path.is_relative_to(here) else ()


def part_matches(pattern: str, parts: tuple[str, ...]) -> bool:
    """Whether a pattern names a folder of a path: `gen`, or several in a row, `sub/gen`."""
    wanted = tuple(part for part in pattern.strip("/").split("/") if part != ".")
    folders = parts[:-1]
    return any(folders[i : i + len(wanted)] == wanted for i in range(len(folders)))


@cache
def _is_environment(folder: Path) -> bool:
    return (folder / "pyvenv.cfg").exists()


def _between(top: Path, file: Path) -> Iterator[Path]:
    for above in file.parents:
        if above == top:
            return
        yield above


def _is_skipped(part: str) -> bool:
    return part in ("__pycache__", "node_modules", "site-packages") or part.startswith(".")


def _is_silenced(hit: Hit, lines: list[str]) -> bool:
    for number in {hit.line, hit.end_line}:
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        if "noqa" in text.lower() and (found := _NOQA.search(text)) is not None:
            codes = re.findall(r"[A-Z]+[0-9]+", (found["codes"] or "").upper())
            if not codes or hit.code in codes:
                return True
    return False


def _unreadable(path: str, error: BaseException) -> Hit:
    line = getattr(error, "lineno", None) or 1
    words = getattr(error, "msg", None) or str(error) or type(error).__name__
    return Hit(
        UNREADABLE, "no Python", path, line, 1, line, "", f"it cannot be read: {words}",
        "run Heapwise with the program's own interpreter, or leave the file out",
    )  # fmt: skip
