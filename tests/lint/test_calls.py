"""Which function a call calls, where that is handed over, kept as an attribute, or overridden."""

from __future__ import annotations

import ast

import pytest

from heapwise import lint
from heapwise.lint.calls import call_sites, called_function, given_for
from heapwise.lint.source import Source

MAIN = """
if __name__ == "__main__":
    main()
"""
GIVEN = """
def plain(row): return row
def upper(row): return row.upper()
def work(rows, change):
    def each():
        return change(rows)  # called
    return each()
"""
STORED = """
def plain(row): return row
def upper(row): return row.upper()
class Worker:
    def __init__(self, change=plain):
        self.change = change
    def run(self, rows):
        return self.change(rows)  # called
"""
OVERRIDDEN = """
class Worker:
    def run(self, rows):
        return self.change(rows)  # called
    def change(self, rows):
        return rows.lower()
class Upper(Worker):
    def change(self, rows):
        return rows.upper()
def main(): print(Upper().run("a"), Worker)
"""
CLASSES = """
class Plain:
    def __init__(self, rows):
        self.rows = rows
class Upper:
    def __init__(self, rows):
        self.rows = rows.upper()
def work(kind):
    return kind("rows")  # called
"""


def called(text: str, ran: tuple[int, ...] = ()) -> str:
    """The name of what the marked line calls, with the class of a method; empty where that is not known."""
    source = Source("program.py", text + MAIN, ran)
    line = 1 + text.splitlines().index(next(x for x in text.splitlines() if "# called" in x))
    [call] = [each for each in source.of(ast.Call) if each.lineno == line]
    function, _ = called_function(source, call)
    if function is None:
        return ""
    owner = source.scope(function)
    return f"{owner.name}.{function.name}" if isinstance(owner, ast.ClassDef) else function.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GIVEN + "def main(): print(work('a', upper))", "upper"),
        (GIVEN + "def outer(way): return work('a', change=way)\ndef main(): print(outer(plain))", "plain"),
        (GIVEN + "def main(): print(work('a', upper), work('b', plain))", ""),  # which of them is not said
        (GIVEN + "def main(): print(work('a', str.upper))", ""),
        (GIVEN + "def main(): print(work('a', upper), map(work, 'ab'))", ""),  # called by others
        (GIVEN + "def main(): print(work(*['a', upper]))", ""),
        (GIVEN.replace("    def each", "    change = print\n    def each") + "def main(): print(work('a', upper))", ""),
        (STORED + "def main(): print(Worker(upper).run('a'))", "upper"),
        (STORED + "def main(): print(Worker().run('a'))", "plain"),
        (STORED + "def main(): print(Worker().run('a'), Worker(upper))", ""),
        (STORED + "def main():\n    w = Worker()\n    w.change = print\n    print(w.run('a'))", ""),
        (STORED + "class Other(Worker):\n    def __init__(self): self.n = 1\ndef main(): print(Worker(upper))", ""),
        (OVERRIDDEN, ""),
        (CLASSES + "def main(): print(work(Upper))", "Upper.__init__"),
        (CLASSES + "def main(): print(work(Upper), work(Plain))", ""),
    ],
)  # fmt: skip
def test_what_is_called(text: str, name: str) -> None:
    assert called(text) == name


def test_who_may_be_asked_from_elsewhere_is_not_known() -> None:
    source = Source("program.py", GIVEN + "def use(): return work('a', upper)")
    [call] = [each for each in source.of(ast.Call) if ast.unparse(each.func) == "change"]
    assert called_function(source, call) == (None, 0)


@pytest.mark.parametrize(
    ("text", "lines", "name"),
    [
        (GIVEN + "def main(): print(work('a', upper), work('b', plain))", (3,), "upper"),
        (GIVEN + "def main(): print(work('a', upper), work('b', plain))", (1,), "plain"),  # allocates nothing
        (GIVEN + "def main(): print(work('a', upper), work('b', plain))", (2, 3), ""),
        (OVERRIDDEN, (9,), "Upper.change"),
        (OVERRIDDEN, (6,), "Worker.change"),
        (OVERRIDDEN, (6, 9), ""),
        (CLASSES + "def main(): print(work(Upper), work(Plain))", (7,), "Upper.__init__"),
    ],
)  # fmt: skip
def test_of_several_what_ran_is_called(text: str, lines: tuple[int, ...], name: str) -> None:
    assert called(text, lines) == name


def test_calls_of_what_is_handed_over_are_its_calls() -> None:
    text = STORED + "def main(): print(Worker(upper).run('a'), Worker().run('b'))" + MAIN
    source = Source("program.py", text)
    for name in ("upper", "plain"):
        [function] = source.functions_named[name]
        sites = call_sites(source, function).sites
        assert [ast.unparse(each) for each in sites] == ["self.change(rows)"]
    text = GIVEN + "def main(): print(work('a', upper), upper.__name__)" + MAIN
    source = Source("program.py", text)
    assert not call_sites(source, source.functions_named["upper"][0]).sites


def test_what_is_given_to_a_class_is_known_by_all_that_make_one() -> None:
    text = STORED + "class Quiet(Worker): pass\ndef main(): print(Worker(upper), Quiet())" + MAIN
    source = Source("program.py", text)
    [made] = source.functions_named["__init__"]
    given = given_for(source, made.args.args[1])
    assert sorted(map(ast.unparse, given or ())) == ["plain", "upper"]


ANSWER = """
from flask import Response
def whole(pages): return "".join(pages)
def parts(pages): return pages
def pages(n):
    for each in range(n):
        yield str(each)
def view(body):
    return Response(body(pages(9)))
def main(): print(view(whole), view(parts))
if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(("ran", "is_told"), [((3, 9), True), ((9,), False), ((), False)])
def test_which_of_two_was_called_the_run_tells(ran: tuple[int, ...], is_told: bool) -> None:
    found = lint.check_text("program.py", ANSWER, ["HW740"], sized=True, ran=ran)
    assert [each.line for each in found] == [9] * is_told


CIRCLES = """
from flask import Response
class A(B):
    def __init__(self, way): self.way = way
class B(A):
    pass
def handed(way, n): return handed(way, n - 1) if n else way(n)
def text(pages):
    print(len(text(pages)))
    return "".join(pages)
def view(pages):
    return Response(text(pages))
def main(): print(view([]), A(main), handed(view, 3))
if __name__ == "__main__":
    main()
"""


def test_what_goes_round_in_circles_has_an_end() -> None:
    source = Source("program.py", CIRCLES)
    for call in source.of(ast.Call):
        called_function(source, call)
    for function in source.functions:
        call_sites(source, function)
        for each in function.args.args:
            given_for(source, each)
    assert lint.check_text("program.py", CIRCLES, ["HW740"], sized=True) == []
