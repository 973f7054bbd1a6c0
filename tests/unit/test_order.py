"""Which stacks come before others, by the source: what may run again is before nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.analyze.order import Order
from heapwise.model.tables import Frame

SOURCE = """
def main():
    prepared()  # prepared
    made()  # made
def once():
    both(prepared(), made())  # both
def again():
    for _ in range(2):
        prepared()  # again prepared
        made()  # again made
def through():
    return list(map(load, range(3)))  # map
def load(n):
    read(n)  # read
    keep(n)  # keep
def within():
    with opened():  # opened
        made()  # in with
    kept()  # after
def split():
    work(
        made(),  # argument
        1,
    )
def shown():
    print(main())  # shown
"""


def order(path: Path, first: list[tuple[str, str]], second: list[tuple[str, str]]) -> bool:
    """Whether the first stack is before the second: (function, comment at its line), outermost first."""
    path.write_text(SOURCE)
    lines = SOURCE.splitlines()

    def frame(function: str, word: str) -> Frame:
        return Frame(
            function, str(path), next(n for n, text in enumerate(lines, 1) if f"# {word}" in text)
        )

    frames = [Frame("", "", 0), *(frame(*each) for each in (*first, *second))]
    parents = [0, *range(len(first)), 0, *range(len(first) + 1, len(first) + len(second))]
    recording: Any = SimpleNamespace(
        frames=frames, node_frames=list(range(len(frames))), node_parents=parents,
        sites=SimpleNamespace(parent=[parents[-1]], frame=[len(frames) - 1]),
    )  # fmt: skip
    return Order(recording).is_before_all(len(first), [0])


BEFORE = {
    "a line and the next": ([("main", "prepared")], [("main", "made")]),
    "below a line that calls once": (
        [("shown", "shown"), ("main", "prepared"), ("prepared", "read")], [("shown", "shown"), ("main", "made")],
    ),
    "after a with": ([("within", "in with")], [("within", "after")]),
}  # fmt: skip
NOT_BEFORE = {
    "the other way": ([("main", "made")], [("main", "prepared")]),
    "the same line": ([("once", "both"), ("prepared", "read")], [("once", "both"), ("made", "keep")]),
    "in a loop": ([("again", "again prepared")], [("again", "again made")]),
    "called by map": ([("through", "map"), ("load", "read")], [("through", "map"), ("load", "keep")]),
    "called in a loop": (
        [("again", "again made"), ("load", "read")], [("again", "again made"), ("load", "keep")]
    ),
    "the end of a with": ([("within", "opened")], [("within", "in with")]),
    "a call of several lines": ([("split", "argument")], [("split", "argument"), ("made", "read")]),
    "other functions": ([("main", "prepared")], [("again", "again made")]),
    "two calls": ([("once", "both"), ("load", "read")], [("once", "both"), ("load", "keep")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BEFORE)
def test_it_is_before(name: str, tmp_path: Path) -> None:
    assert order(tmp_path / "app.py", *BEFORE[name])


@pytest.mark.parametrize("name", NOT_BEFORE)
def test_it_may_not_be_before(name: str, tmp_path: Path) -> None:
    assert not order(tmp_path / "app.py", *NOT_BEFORE[name])


def test_of_a_source_that_is_not_there_nothing_is_told(tmp_path: Path) -> None:
    frames = [
        Frame("", "", 0),
        Frame("f", str(tmp_path / "a.py"), 1),
        Frame("f", str(tmp_path / "a.py"), 2),
    ]
    sites = SimpleNamespace(parent=[0], frame=[2])
    recording: Any = SimpleNamespace(
        frames=frames, node_frames=[0, 1, 2], node_parents=[0, 0, 0], sites=sites
    )
    assert not Order(recording).is_before_all(1, [0])


def test_a_stack_deeper_than_the_interpreter_lets_functions_call_themselves(tmp_path: Path) -> None:
    depth = 5000
    path = tmp_path / "app.py"
    path.write_text("def f(n):\n    f(n - 1)\n    g()\n")
    frames = [Frame("", "", 0), Frame("f", str(path), 2), Frame("f", str(path), 3)]
    recording: Any = SimpleNamespace(
        frames=frames, node_frames=[0, *[1] * depth], node_parents=[0, *range(depth)],
        sites=SimpleNamespace(parent=[depth - 1], frame=[2]),
    )  # fmt: skip
    assert Order(recording).is_before_all(depth, [0])
