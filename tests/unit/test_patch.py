"""Unified diffs are applied as the standard library makes them, and refused where they do not fit."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heapwise.errors import CannotProveError
from heapwise.prove.patch import apply, apply_below, parse

lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "-x\n", "+y\n", " z\n"]), max_size=25)


def diff(before: str, after: str, name: str = "x.py") -> str:
    made = difflib.unified_diff(
        before.splitlines(True), after.splitlines(True), f"a/{name}", f"b/{name}"
    )
    return "".join(made)


@given(lines, lines)
@settings(max_examples=300, deadline=None)
def test_what_difflib_tells_is_done(before: list[str], after: list[str]) -> None:
    old, new = "".join(before), "".join(after)
    if old != new:
        assert apply(old, parse(diff(old, new))[0]) == new


@given(lines, lines, lines)
@settings(max_examples=200, deadline=None)
def test_lines_that_moved_are_found(above: list[str], before: list[str], after: list[str]) -> None:
    old, new = (
        "".join(["def start():\n", *before, "end\n"]),
        "".join(["def start():\n", *after, "end\n"]),
    )
    if old != new:
        moved = "".join(f"# {each}" for each in above)
        assert apply(moved + old, parse(diff(old, new))[0]) == moved + new


def test_a_file_without_a_last_newline() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
    assert apply("a", parse(text)[0]) == "b"


def test_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("a\n")
    (tmp_path / "y.py").write_text("other\n")
    text = diff("a\n", "b\n") + diff("a\n", "b\n", "y.py")
    with pytest.raises(CannotProveError, match="does not fit"):
        apply_below(tmp_path, parse(text))
    assert (tmp_path / "x.py").read_text() == "a\n"


def test_new_files_are_made(tmp_path: Path) -> None:
    apply_below(tmp_path, parse("--- /dev/null\n+++ b/new/x.py\n@@ -0,0 +1,2 @@\n+a\n+b\n"))
    assert (tmp_path / "new" / "x.py").read_text() == "a\nb\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no unified diff"),
        ("hello\n", "no unified diff"),
        ("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "removes a file"),
        ("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n", "cut"),
        ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n?\n", "cut"),
        ("--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n", "reaches out"),
        ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", "not below"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CannotProveError, match=said):
        apply_below(tmp_path / "inner", parse(text))
