"""Unified diffs, applied to a copy: strictly, or not at all."""

from __future__ import annotations

import contextlib
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from heapwise.errors import CannotProveError

_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class FilePatch:
    """What a diff does to one file. hunks: (line where it was made, the lines there, the lines instead), lines
    with their ends; a line from 0 for a file that is new."""

    file: str
    hunks: Sequence[tuple[int, Sequence[str], Sequence[str]]]


def parse(text: str) -> list[FilePatch]:
    """The files of a unified diff. CannotProveError when it is none, or removes a file."""
    found: list[FilePatch] = []
    lines = _lines(text)
    at = 0
    while at < len(lines):
        if not (
            lines[at].startswith("--- ")
            and at + 1 < len(lines)
            and lines[at + 1].startswith("+++ ")
        ):
            at += 1
            continue
        name = _name(lines[at + 1])
        if name == "/dev/null":
            raise CannotProveError("the patch removes a file", "leave that out")
        hunks, at = _hunks(lines, at + 2)
        found.append(FilePatch(name, hunks))
    if not found:
        raise CannotProveError("that is no unified diff", "make one with `git diff` or `diff -u`")
    return found


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; nothing but a line feed ends one."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _name(line: str) -> str:
    name = line[4:].split("\t")[0].strip()
    return name[2:] if name.startswith(("a/", "b/")) else name


def _hunks(lines: Sequence[str], at: int) -> tuple[list[tuple[int, list[str], list[str]]], int]:
    hunks = []
    while at < len(lines) and (head := _HUNK.match(lines[at])):
        left = [int(head[2] or 1), int(head[4] or 1)]
        at += 1
        old: list[str] = []
        new: list[str] = []
        last: tuple[list[str], ...] = ()
        while at < len(lines) and (left[0] > 0 or left[1] > 0 or lines[at].startswith("\\")):
            mark, rest = lines[at][:1], lines[at][1:]
            if mark == "\\":  # what stands above does not end
                for side in last:
                    side[-1] = side[-1].rstrip("\r\n")
            elif mark in (" ", "\n", "\r", "+", "-"):
                blank = mark in ("\n", "\r")
                last = (old,) if mark == "-" else (new,) if mark == "+" else (old, new)
                for side in last:
                    side.append(lines[at] if blank else rest)
                left = [left[0] - (mark != "+"), left[1] - (mark != "-")]
            else:
                raise CannotProveError("the patch is cut, or damaged", "make it again")
            at += 1
        if left != [0, 0]:
            raise CannotProveError("the patch is cut, or damaged", "make it again")
        hunks.append((int(head[1]), old, new))
    return hunks, at


def apply(text: str, patch: FilePatch) -> str:
    """The text with a file's changes; the lines may have moved. CannotProveError when they are not there."""
    lines = _lines(text)
    moved = 0
    for start, old, new in patch.hunks:
        wanted = max(0, start - 1 + moved) if old else start + moved
        found = _fitting(lines, old, new, wanted)
        if found is None:
            raise CannotProveError(
                f"the patch does not fit {patch.file} at line {start}",
                "make it again from the file as it is",
            )
        at, count, instead, skipped = found
        lines[at : at + count] = instead
        moved += len(instead) - count + at - wanted - skipped
    return "".join(lines)


def _fitting(
    lines: Sequence[str], old: Sequence[str], new: Sequence[str], wanted: int
) -> tuple[int, int, Sequence[str], int] | None:
    """(where, how many lines, what instead, how many lines of context fewer before) of a change."""
    for less, instead, skipped in _with_less_context(old, new):
        at = _find(lines, less, wanted + skipped)
        if at is not None:
            return at, len(less), instead, skipped
    return None


def _with_less_context(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], int]]:
    """A change with all its context, then with less and less; and how many lines it then begins later."""
    head = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    same = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = next((i for i, (a, b) in enumerate(same) if a != b), min(len(old), len(new)) - head)
    yield old, new, 0
    for drop in range(1, max(head, tail) + 1):
        front, back = min(drop, head), min(drop, tail)
        if len(old) - front - back > 0:
            yield old[front : len(old) - back], new[front : len(new) - back], front


def _find(lines: Sequence[str], old: Sequence[str], wanted: int) -> int | None:
    """Where lines stand, nearest to where they are wanted."""
    count = len(old)
    for off in range(len(lines) + 1):
        for at in {wanted - off, wanted + off}:
            if 0 <= at <= len(lines) - count and list(lines[at : at + count]) == list(old):
                return at
    return None


def apply_below(root: Path, patches: Sequence[FilePatch]) -> list[Path]:
    """Applies all below a directory, or none; returns the files. CannotProveError."""
    changed: dict[Path, tuple[str, str]] = {}
    for each in patches:
        path = (root / each.file).resolve()
        if not path.is_relative_to(root.resolve()):
            raise CannotProveError(
                f"the patch reaches out of the project: {each.file}", "name paths below it"
            )
        if path not in changed:
            if not path.exists() and any(old for _, old, _ in each.hunks):
                raise CannotProveError(
                    f"the patch changes {each.file}, which is not there",
                    "its paths begin where the project does",
                )
            try:
                changed[path] = _read(path)
            except OSError as error:
                raise CannotProveError(f"{path} cannot be read: {error.strerror}") from None
        text, encoding = changed[path]
        changed[path] = apply(text, each), encoding
    for path, (text, encoding) in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding, "surrogateescape"))
    return list(changed)


def _read(path: Path) -> tuple[str, str]:
    """(text, encoding) of a file: Python's by the encoding that it names; of a new one nothing."""
    if not path.exists():
        return "", "utf-8"
    data = path.read_bytes()
    encoding = "utf-8"
    if path.suffix == ".py":
        with contextlib.suppress(SyntaxError, LookupError):
            encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    return data.decode(encoding, "surrogateescape"), encoding
