"""Does a stack come before others, in the one run of what they have in common? By the source, which tells its loops."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from heapwise.analyze.statement import tree_of
from heapwise.model.recording import Recording
from heapwise.model.tables import Frame

_LOOPS = (
    ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


class Order:
    """Of the stacks of one recording."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._loops = cache(_loops_of)

    def is_before_all(self, node: int, rows: Iterable[int]) -> bool:
        """Whether the stack of a node leaves each of those of some sites at an earlier line of a function that both are
        in, and nothing of what they have in common is in a loop: then nothing had been made there yet."""
        path, frames, sites = self._path(node), self._recording.frames, self._recording.sites
        return all(
            self._is_before(path, [*self._path(sites.parent[row]), frames[sites.frame[row]]])
            for row in rows
        )

    def _is_before(self, path: list[Frame], other: list[Frame]) -> bool:
        for here, there in zip(path, other, strict=False):
            if here == there:
                if self._is_in_loop(here.file, here.line, here.line):
                    return False
                continue
            same = here.function == there.function and here.file == there.file
            is_once = not self._is_in_loop(here.file, here.line, there.line)
            return same and here.line < there.line and is_once
        return False

    def _is_in_loop(self, file: str, first: int, last: int) -> bool:
        """Whether a loop has both lines in it; so it may be where the source is not known."""
        loops = self._loops(file)
        return loops is None or any(begin <= first and last <= end for begin, end in loops)

    def _path(self, node: int) -> list[Frame]:
        """The frames of a stack, outermost first."""
        recording, found = self._recording, []
        while node > 0:
            found.append(recording.frames[recording.node_frames[node]])
            node = recording.node_parents[node]
        return found[::-1]


def _loops_of(file: str) -> list[tuple[int, int]] | None:
    try:
        tree = tree_of(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if tree is None:
        return None
    loops = (each for each in ast.walk(tree) if isinstance(each, _LOOPS))
    return [(each.lineno, each.end_lineno or each.lineno) for each in loops]
