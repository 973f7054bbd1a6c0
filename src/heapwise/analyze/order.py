"""Does a stack come before others, in the one run of what they have in common? By the source, which tells its loops."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from heapwise.analyze.statement import LOOPS, last_name, tree_of
from heapwise.model.recording import Recording
from heapwise.model.tables import Frame

_CALL_NOTHING = frozenset(("print", "len", "round", "str", "int", "float", "repr", "bool"))


class Order:
    """Of the stacks of one recording."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._files: dict[str, _File] = {}
        self._paths: dict[int, tuple[Frame, ...]] = {}

    def is_before_all(self, node: int, rows: Iterable[int]) -> bool:
        """Whether the stack of a node leaves each of those of some sites at an earlier statement of a function that
        both are in, and nothing of what they have in common runs more than once: nothing had been made there yet."""
        path, frames, sites = self._path(node), self._recording.frames, self._recording.sites
        places = {(sites.parent[row], sites.frame[row]) for row in rows}
        return all(
            self._is_before(path, (*self._path(parent), frames[own])) for parent, own in places
        )

    def _is_before(self, path: tuple[Frame, ...], other: tuple[Frame, ...]) -> bool:
        for here, there in zip(path, other, strict=False):
            file = self._file(here.file)
            if here != there:
                same = here.function == there.function and here.file == there.file
                return same and file.is_before(here.line, there.line)
            if not file.runs_once(here.line):
                return False
        return False

    def _file(self, path: str) -> _File:
        if path not in self._files:
            self._files[path] = _File(path)
        return self._files[path]

    def _path(self, node: int) -> tuple[Frame, ...]:
        """The frames of a stack, outermost first."""
        if node not in self._paths:
            recording, found, at = self._recording, list[Frame](), node
            while at > 0:
                found.append(recording.frames[recording.node_frames[at]])
                at = recording.node_parents[at]
            self._paths[node] = tuple(reversed(found))
        return self._paths[node]


class _File:
    """A file of source; where it cannot be read anything in it may run again and again."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._once: dict[int, bool] = {}

    def runs_once(self, line: int) -> bool:
        """Whether what a line calls runs once while its function does: it is one call of a statement in no loop."""
        if line not in self._once:
            statement = self._statement_at(line)
            nodes = ast.walk(statement) if statement is not None else ()
            calls = [each for each in nodes if isinstance(each, ast.Call)]
            others = [each for each in calls if last_name(each.func) not in _CALL_NOTHING]
            self._once[line] = len(others) == 1 and not self._is_in_loop(line, line)
        return self._once[line]

    def is_before(self, line: int, other: int) -> bool:
        """Whether a line's statement has ended before that of another one begins, and no loop is around both."""
        first, second = self._statement_at(line), self._statement_at(other)
        if first is None or second is None or self._is_in_loop(line, other):
            return False
        return (first.end_lineno or first.lineno) < second.lineno

    def _is_in_loop(self, first: int, last: int) -> bool:
        return any(begin <= first and last <= end for begin, end in self._loops)

    def _statement_at(self, line: int) -> ast.stmt | None:
        """The innermost one that a line belongs to, with all that stands in it."""
        around = (
            each
            for each in self._statements
            if each.lineno <= line <= (each.end_lineno or each.lineno)
        )
        return min(around, key=lambda each: (each.end_lineno or 0) - each.lineno, default=None)

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        try:
            tree = tree_of(Path(self._path).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            tree = None
        return [] if tree is None else list(ast.walk(tree))

    @cached_property
    def _statements(self) -> list[ast.stmt]:
        return [each for each in self._nodes if isinstance(each, ast.stmt)]

    @cached_property
    def _loops(self) -> list[tuple[int, int]]:
        loops = (each for each in self._nodes if isinstance(each, LOOPS))
        return [(each.lineno, each.end_lineno or each.lineno) for each in loops]
