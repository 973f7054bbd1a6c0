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
        ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", "not there"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CannotProveError, match=said):
        apply_below(tmp_path / "inner", parse(text))


@given(lines, lines, st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_what_does_not_end_is_kept_so(
    before: list[str], after: list[str], cut: bool, cut_after: bool
) -> None:
    from heapwise.lint.mending import difference

    old, new = "".join(before), "".join(after)
    old = old.rstrip("\n") if cut else old
    new = new.rstrip("\n") if cut_after else new
    if old != new:
        assert apply(old, parse(difference(old, new, "x.py"))[0]) == new


def test_lines_of_other_ends_are_kept() -> None:
    text = "a\r\nb\r\nc\r\n"
    assert apply(text, parse(diff(text, text.replace("b", "B")))[0]) == "a\r\nB\r\nc\r\n"


def test_two_parts_of_one_file_are_both_made(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("".join(f"{i}\n" for i in range(30)))
    text = "".join(f"{i}\n" for i in range(30))
    first, second = text.replace("3\n", "three\n", 1), text.replace("25\n", "twenty-five\n")
    apply_below(tmp_path, parse(diff(text, first) + diff(text, second)))
    assert (tmp_path / "x.py").read_text() == first.replace("25\n", "twenty-five\n")


def test_a_neighbour_that_has_changed_does_not_hinder() -> None:
    text = "a = 1\nb = 2\nwork()\nc = 3\n"
    one = diff(text, text.replace("work()\n", "work()\ndel b\n"))
    other = parse(diff(text, text.replace("work()\n", "work()\ndel a\n")))[0]
    assert apply(apply(text, parse(one)[0]), other).count("del ") == 2


def test_the_encoding_that_a_file_names_is_kept(tmp_path: Path) -> None:
    text = "# coding: latin-1\nname = 'é'\nx = 1\n"
    (tmp_path / "x.py").write_bytes(text.encode("latin-1"))
    apply_below(tmp_path, parse(diff(text, text.replace("x = 1", "x = 2"))))
    assert (tmp_path / "x.py").read_bytes() == text.replace("x = 1", "x = 2").encode("latin-1")
