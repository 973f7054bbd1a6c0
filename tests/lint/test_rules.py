"""Every rule hits the lines that are marked in its file, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from heapwise import lint

FILES = sorted((Path(__file__).parent / "rules").glob("hw*.py"))
_MARK = re.compile(r"# expect: ((?:HW\d{3} ?)+)")


def marked(text: str) -> set[tuple[str, int]]:
    return {
        (code, number)
        for number, line in enumerate(text.splitlines(), 1)
        if (found := _MARK.search(line))
        for code in found[1].split()
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_hits_are_those_marked(path: Path) -> None:
    text = path.read_text()
    sized = text.startswith("# sized")
    own = {path.stem[:5].upper()} if sized else None
    hits = lint.check_text(str(path), text, own, sized=sized)
    assert {(hit.code, hit.line) for hit in hits} == marked(text)


def test_every_rule_has_a_file_with_hits_and_lines_without() -> None:
    told = {code for path in FILES for code, _ in marked(path.read_text())}
    assert told == set(lint.rules())


@pytest.mark.parametrize("code", lint.pages())
def test_every_rule_has_a_page(code: str) -> None:
    page = lint.pages()[code]
    assert page.startswith(f"{code}: ")
    assert "What to do:" in page


def test_what_is_worth_saying_only_with_sizes_is_not_said_without() -> None:
    for path in FILES:
        if path.read_text().startswith("# sized") and path.stem not in ("hw701", "hw707"):
            assert not lint.check_text(str(path), path.read_text(), {path.stem[:5].upper()})


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("# noqa", True),
        ("# noqa: HW705", True),
        ("# NOQA:HW100, HW705", True),
        ("# noqa: E501", False),
    ],
)
def test_noqa(comment: str, silent: bool) -> None:
    hits = lint.check_text("x.py", f"best = sorted(rows, key=abs)[:3]  {comment}\n")
    assert bool(hits) is not silent


@pytest.mark.parametrize(
    "data",
    [
        b"def f(:\n",
        b"\xff\xfe\x00",
        b"# coding: nonsense\nx\n",
        b"x = 1\0\n",
        b"(" * 5000,
        b"-" * 20000 + b"1",
    ],
    ids=["syntax", "bytes", "coding", "null", "deep", "unary"],
)
def test_what_is_no_python_is_said_and_nothing_breaks(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.py"
    path.write_bytes(data)
    hits = lint.check_file(path)
    assert [hit.code for hit in hits] == [lint.UNREADABLE]


def test_columns_count_characters() -> None:
    (hit,) = lint.check_text("x.py", 'x = "größe", sorted(rows, key=abs)[:3]\n')
    assert hit.column == 14


def test_hidden_folders_and_environments_are_left_out(tmp_path: Path) -> None:
    for name in ("a.py", ".git/b.py", "env/lib/c.py", "node_modules/d.py", "pkg/e.py", "gen/f.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    found = [str(path.relative_to(tmp_path)) for path in lint.files([tmp_path], ["gen"])]
    assert found == ["a.py", "pkg/e.py"]


def test_parts_of_arrays_are_not_to_be_joined_at_the_end() -> None:
    text = (Path(__file__).parent / "rules" / "hw706.py").read_text()
    fixes = {hit.line: hit.fix for hit in lint.check_text("hw706.py", text, {"HW706"})}
    lines = dict(enumerate(text.splitlines(), 1))
    array = {line for line, fix in fixes.items() if fix.startswith("np.empty")}
    assert array == {line for line in fixes if "np.append" in lines[line]}


def test_an_expression_too_deep_for_a_rule_is_said_and_the_others_are_heard() -> None:
    deep = "a" + ".b()" * 600
    text = (
        f"import json\ndef f(file, a):\n    file.write(json.dumps({deep}))\nbest = sorted(a)[:3]\n"
    )
    hits = lint.check_text("x.py", text, {"HW725", "HW705"}, sized=True)
    assert [hit.code for hit in hits] == ["HW500", "HW705"]
    assert hits[0].says == "it cannot be read: an expression is nested too deeply for HW725"


@pytest.mark.parametrize(
    "asked, loads", [("", True), (", skip_header=1", True), (", names=True", False), (", filling_values=0", False)]
)  # fmt: skip
def test_loadtxt_is_advised_where_it_does_as_well(asked: str, loads: bool) -> None:
    text = f"import numpy as np\ndata = np.genfromtxt('x.csv'{asked})\n"
    [hit] = lint.check_text("x.py", text, {"HW736"}, sized=True)
    assert ("loadtxt" in hit.fix) is loads
    assert "read_csv" in hit.fix
