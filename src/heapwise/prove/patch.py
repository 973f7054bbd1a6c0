"""Unified diffs, applied to a copy: strictly, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    lines = text.splitlines(keepends=True)
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
        while at < len(lines) and (left[0] > 0 or left[1] > 0):
            mark, rest = lines[at][:1], lines[at][1:]
            if mark in (" ", "\n", ""):
                rest = rest if mark == " " else lines[at]
                old.append(rest)
                new.append(rest)
                left = [left[0] - 1, left[1] - 1]
            elif mark == "-":
                old.append(rest)
                left[0] -= 1
            elif mark == "+":
                new.append(rest)
                left[1] -= 1
            elif mark != "\\":
                raise CannotProveError("the patch is cut, or damaged", "make it again")
            at += 1
        if left != [0, 0]:
            raise CannotProveError("the patch is cut, or damaged", "make it again")
        if at < len(lines) and lines[at].startswith("\\"):  # no newline at the end of the file
            at += 1
            for side in (old, new):
                if side:
                    side[-1] = side[-1].rstrip("\n")
        hunks.append((int(head[1]), old, new))
    return hunks, at


def apply(text: str, patch: FilePatch) -> str:
    """The text with a file's changes; the lines may have moved. CannotProveError when they are not there."""
    lines = text.splitlines(keepends=True)
    moved = 0
    for start, old, new in patch.hunks:
        wanted = max(0, start - 1 + moved) if old else start + moved
        at = _find(lines, old, wanted)
        if at is None:
            raise CannotProveError(
                f"the patch does not fit {patch.file} at line {start}",
                "make it again from the file as it is",
            )
        lines[at : at + len(old)] = new
        moved += len(new) - len(old) + at - wanted
    return "".join(lines)


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
    changed = []
    for each in patches:
        path = (root / each.file).resolve()
        if not path.is_relative_to(root.resolve()):
            raise CannotProveError(
                f"the patch reaches out of {root}: {each.file}", "name paths below it"
            )
        try:
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise CannotProveError(f"{path} cannot be read: {error.strerror}") from None
        if not path.exists() and any(old for _, old, _ in each.hunks):
            raise CannotProveError(f"the patch changes {each.file}, which is not below {root}")
        changed.append((path, apply(data.decode("utf-8", "surrogateescape"), each)))
    for path, text in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return [path for path, _ in changed]
