"""What the source of a program does with its containers, and which functions cannot have run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from heapwise.analyze.container_uses import uses_of
from heapwise.analyze.kept_at import Name
from heapwise.analyze.program_source import ProgramSource
from heapwise.findings.hw348_marked_as_gone import only_lets_pass

USES = {
    "self.x[k] = v": "fills", "self.x.append(v)": "fills", "self.x.setdefault(k, []).append(v)": "fills",
    "heapq.heappush(self.x, v)": "fills", "rows = self.x[k]; rows.append(v)": "fills asks",
    "del self.x[k]": "takes", "self.x.pop(k)": "takes", "self.x = {}": "takes", "self.x[:] = v": "takes",
    "heapq.heappop(self.x)": "takes", "self.x[k].append(v)": "fills", "self.x[k].remove(v)": "takes asks", "rows = self.x[k]; rows.clear()": "takes asks",
    "for rows in self.x.values(): rows.clear()": "takes asks walks", "list(self.x.items()).clear()": "takes asks",
    "for v in self.x: print(v)": "asks walks", "print([v for v in self.x])": "asks walks",
    "v = self.x[-1]": "asks newest", "v = self.x.get(k)": "asks", "return self.x[k]": "asks hands", "v(self.x[k])": "asks hands",
    "return self.x": "escapes", "v(self.x)": "escapes", "k.y = self.x": "escapes", "return k in self.x": "tests",
    "return len(self.x)": "tests", "if self.x: pass": "tests", "self.y[k] = v": "", "self.x": "",
}  # fmt: skip


@pytest.mark.parametrize("statement", USES)
def test_what_a_statement_does_with_a_container(statement: str) -> None:
    text = f"class Own:\n  def method(self, k, v):\n    {statement}\n"
    found = uses_of(ProgramSource([text]), Name("x", "app.Own", "attribute", 0))
    told = {name for name, places in vars(found).items() if places}
    assert told == set(USES[statement].split())


GIVEN = {
    "return table.get(k)": "asks hands", "table[k] = 1": "fills", "inner(k, table)": "takes", "return table": "escapes",
    "table = {}": "escapes", "print(k)": "", "outer(table, k)": "escapes",
}  # fmt: skip


@pytest.mark.parametrize("statement", GIVEN)
@pytest.mark.parametrize("call", ["outer(self.x, k)", "self.outer(self.x, k)"])
def test_what_a_function_does_with_what_it_is_given(call: str, statement: str) -> None:
    head = "def outer(table, k):" if call[0] == "o" else "  def outer(self, table, k):"
    text = f"class Own:\n  def method(self, k):\n    {call}\n{head}\n    {statement}\ndef inner(k, some):\n  some.pop(k)\n"
    found = uses_of(ProgramSource([text]), Name("x", "app.Own", "attribute", 0))
    told = {name for name, places in vars(found).items() if places}
    assert told == set(GIVEN[statement].split())


def test_of_two_functions_of_a_name_neither_is_known() -> None:
    text = "class Own:\n  def method(self): f(self.x)\ndef f(x): x.pop()\nclass B:\n  def f(self, x): pass\n"
    found = uses_of(ProgramSource([text]), Name("x", "app.Own", "attribute", 0))
    assert found.escapes and not found.takes


def test_a_method_of_another_object_is_none_of_the_programs() -> None:
    text = "class Own:\n  def method(self, file): json.dump(self.x, file)\n  def dump(self, x): x.pop()\n"
    found = uses_of(ProgramSource([text]), Name("x", "app.Own", "attribute", 0))
    assert found.escapes and not found.takes


def test_what_the_constructor_binds_takes_nothing_out() -> None:
    text = "class Own:\n  def __init__(self):\n    self.x = {}\n"
    found = uses_of(ProgramSource([text]), Name("x", "app.Own", "attribute", 0))
    assert not any(vars(found).values())


RAN = """
def first():
    class Own:
        def drop(self): self.x.clear()
    return Own()
def second():
    def helper(): pass
    return [1]
def third(k): k.x.pop()
first()
"""


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ((2, 3, 4, 6, 9), ["clear", "pop"]),
        ((2, 6, 9), ["pop"]),
        ((2, 6), ["clear", "pop"]),
        ((), ["clear", "pop"]),
    ],
)
def test_functions_whose_definitions_did_not_run_are_left_out(
    lines: tuple[int, ...], left: list[str]
) -> None:
    source = ProgramSource([RAN], [Path("app.py")], {"app.py": lines})
    calls = [each.func for each in source.of(ast.Call)]
    assert sorted(each.attr for each in calls if isinstance(each, ast.Attribute)) == left


ARMS = """
class Store:
    def put(self): self.x.append(1)
class Pruned(Store):
    def put(self): self.x.clear()
class Other(Store):
    def put(self): self.x.pop()
def first():
    store = Store()
    return store
def second():
    store = Pruned()
    return store
FIRST
first()
"""
DEFINED = (2, 4, 6, 8, 11)


@pytest.mark.parametrize(
    ("lines", "before", "left"),
    [
        ((*DEFINED, 9), "", ["append"]),
        ((*DEFINED, 9, 12), "", ["append", "clear", "pop"]),
        ((*DEFINED, 9, 5), "", ["append", "clear"]),
        ((*DEFINED, 9), "known = {'Pruned': 1}", ["append", "clear"]),
        ((*DEFINED, 9), "known = Store.__subclasses__()", ["append", "clear", "pop"]),
        (DEFINED[:2], "", ["append", "clear", "pop"]),
    ],
)
def test_classes_of_which_nothing_can_have_made_an_instance_are_left_out(
    lines: tuple[int, ...], before: str, left: list[str]
) -> None:
    """Those that only a function names that cannot have run, for it would have made an instance first of all; but none
    of whose methods a line allocated, and none that may be found by its name or its base."""
    text = ARMS.replace("FIRST", before)
    source = ProgramSource([text], [Path("app.py")], {"app.py": lines})
    calls = [each.func for each in source.of(ast.Call)]
    named = {"append", "clear", "pop"}
    found = {each.attr for each in calls if isinstance(each, ast.Attribute)} & named
    assert sorted(found) == left


@pytest.mark.parametrize(
    ("call", "reads"),
    [("getattr(k, name)", True), ("getattr(k, name)()", False), ("getattr(k, 'x')", False), ("vars(k)", True),
     ("print(getattr(k, name)); getattr(k, name)(1)", True), ("copy.deepcopy(k)", True), ("render(k)", True),
     ("render(k)\ndef render(k): pass", False)],
)  # fmt: skip
def test_a_method_that_is_asked_for_by_its_name_is_called_and_reads_no_data(
    call: str, reads: bool
) -> None:
    assert ProgramSource([f"v = {call}\n"]).reads_all is reads


PASSED_BY = {
    "if not job.gone: run(job)": True, "if job.gone: continue": True, "if job.gone: queue.pop()": True,
    "print([each for each in jobs if not each.gone])": True, "if job.gone: archive(job)": False,
    "print(sum(each.size for each in jobs if each.gone))": False, "if not job.gone: pass\n  else: archive(job)": False,
    "print(job.gone)": False,
}  # fmt: skip


@pytest.mark.parametrize("use", PASSED_BY)
def test_a_mark_that_only_lets_pass_by(use: str) -> None:
    text = f"def cancel(job): job.gone = True\nfor job in jobs:\n  {use}\n"
    assert only_lets_pass(ProgramSource([text]), "gone") is PASSED_BY[use]


IN_LOOPS = {
    "for k in rows: found(k)": True, "while True: found(1)": True, "x = [found(k) for k in rows]": True,
    "for k in found(1): pass": False, "x = [k for k in found(1)]": False, "x = [k for r in rows for k in found(r)]": True,
    "x = found(1)": False, "for k in rows:\n  def inner(): return found(k)": False,
    "for k in rows:\n  for each in found(k): pass": True, "for k in rows:\n  x = [each for each in found(k)]": True,
}  # fmt: skip


@pytest.mark.parametrize("text", IN_LOOPS)
def test_what_a_loop_comes_to_again_and_again(text: str) -> None:
    source = ProgramSource([text])
    [call] = [each for each in source.of(ast.Call) if getattr(each.func, "id", "") == "found"]
    assert source.is_in_loop(call) is IN_LOOPS[text]
