"""Which records are told to keep whole objects for parts of them, and which attributes never to be read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from heapwise.analyze.kept_at import Name
from heapwise.analyze.part_uses import (
    parts_of_items_returned,
    parts_of_items_used,
    parts_used,
    read_by_method,
)
from heapwise.analyze.program_source import ProgramSource
from tests.conftest import Runner
from tests.heap.test_lines_and_objects import advised
from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

WHOLE = """
class Case:
    def __init__(self, number):
        self.number = number
        self.signal = bytes(60_000 + number)
    def run(self): return len(self.signal)
    def id(self): return f"case-{self.number}"
    def level(self): return self.signal[0]

class Info:
    def __init__(self, case, outcome): self.case, self.outcome = case, outcome
    @property
    def name(self): return USE

def run(number):
    case = Case(number)
    return KEPT

infos = [run(number) for number in range(300)]
print(len({ASKED for info in infos}))
"""
KEPT = {"KEPT": "Info(case, case.run() % 7)", "ASKED": "info.name"}
PARTS = {
    "a method": {"USE": "self.case.id()", **KEPT},
    "an attribute": {"USE": "str(self.case.number)", **KEPT},
    "by a local name": {
        **KEPT,
        "USE": "self._name()\n    def _name(self):\n        case = self.case\n        return case.id() if case else ''",
    },
    "a key of dicts": {
        "USE": "''",
        "KEPT": "{'case': case, 'outcome': case.run() % 7}",
        "ASKED": "info['case'].id()",
    },
}
LISTS = {
    "a list of a module": "infos",
    "a local list": "infos",
    "an attribute": "self.infos",
}
IN_LISTS = """
class Case:
    def __init__(self, number):
        self.number = number
        self.signal = bytes(60_000 + number)
    def run(self): return sum(self.signal)

class Runner:
    def __init__(self): self.infos = []
    def all(self):
        LIST = []
        for number in range(300):
            case = Case(number)
            case.run()
            LIST.append(case.number * 1000 if MENDED else case)
        return len({each.number for each in LIST if MORE})if not MENDED else 300

MAIN
"""
MENDED = {"USE": "self.case", "KEPT": "Info(case.id(), case.run() % 7)", "ASKED": "info.name"}


def put_in(text: str, parts: dict[str, str]) -> str:
    for word, stands_for in parts.items():
        text = text.replace(word, stands_for)
    return text


@pytest.mark.parametrize("name", PARTS)
def test_records_that_keep_objects_for_parts_of_them(run_program: Runner, name: str) -> None:
    found, peak = advised(run_program, put_in(WHOLE, PARTS[name]))
    [told] = [each for each in found if each["code"] == "HW339"]
    twin, mended_peak = advised(run_program, put_in(WHOLE, MENDED))
    assert told["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    assert "HW339" not in {each["code"] for each in twin}


@pytest.mark.parametrize("name", LISTS)
def test_lists_that_keep_objects_for_parts_of_them(run_program: Runner, name: str) -> None:
    words = {"LIST": LISTS[name], "MAIN": "print(Runner().all())", "MORE": "each.number"}
    if name == "a list of a module":
        words |= {
            "        LIST = []": "        global infos\n        infos = []",
            "    def __init__(self): self.infos = []": "",
        }
        words = dict(sorted(words.items(), key=lambda pair: -len(pair[0])))
    text = put_in(IN_LISTS, words)
    found, peak = advised(run_program, text.replace("MENDED", "False"))
    [told] = [each for each in found if each["code"] == "HW339"]
    twin, mended_peak = advised(run_program, text.replace("MENDED", "True"))
    assert told["saving_bytes"] == pytest.approx(peak - mended_peak, rel=0.1)
    assert "HW339" not in {each["code"] for each in twin}
    for use in ("each.signal", "each in LIST", "print(each.number, each)"):
        text = put_in(IN_LISTS, {**words, "MORE": put_in(use, words), "MENDED": "False"})
        found, _ = advised(run_program, text)
        assert "HW339" not in {each["code"] for each in found}


NEEDED = {
    "by a method that needs most of it": {**KEPT, "USE": "self.case.level()"},
    "handed on": {**KEPT, "USE": "len(vars(self.case))"},
    "given to a function": {**KEPT, "USE": "sorted([self.case], key=id)[0].number"},
    "compared": {**KEPT, "USE": "self.case == infos[0].case"},
    "most of it": {**KEPT, "USE": "self.case.signal[:2]"},
    "by any name": {**KEPT, "USE": "getattr(self, ''.join(('ca', 'se'))).number"},
    "kept by others": {
        **KEPT, "USE": "self.case.id()", "KEPT": "every.append(case) or Info(case, case.run() % 7)",
        "\ndef run(": "\nevery = []\ndef run(",
    },
    "a class with an end of its own": {
        **KEPT, "USE": "self.case.id()", "    def level": "    def __del__(self): pass\n    def level",
    },
    "given out by a method that others call": {
        **KEPT, "USE": "self.case.id()", "    def level(self): return self.signal[0]": "    def samples(self): return self.signal",
    },
    "shown, by a method that shows most of it": {
        **KEPT, "USE": "str(self.case)", "    def level": "    def __repr__(self): return str(self.signal[:9])\n    def level",
    },
    "records that are shown": {
        **KEPT, "USE": "self.case.id()", "\nclass Info:": "\nfrom dataclasses import dataclass\n@dataclass\nclass Info:",
        "    def __init__(self, case, outcome): self.case, self.outcome = case, outcome": "    case: Case\n    outcome: int",
        "\ninfos =": "\ndef show():\n    for info in infos: print(info)\ninfos =",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", NEEDED)
def test_objects_that_are_needed_whole_are_not_told(run_program: Runner, name: str) -> None:
    found, _ = advised(run_program, put_in(WHOLE, NEEDED[name]))
    assert "HW339" not in {each["code"] for each in found}


@pytest.mark.parametrize(
    ("text", "names", "calls"),
    [
        ("print(a.x.id())", set(), {"id"}),
        ("a.x.name; a.x['k']; a.x[-1]; len(a.x)", {"name", "k", -1}, set()),
        ("f'{a.x}'; str(a.x)", set(), {"__str__"}),
        ("if a.x is not None and not a.x: pass", set(), set()),
        ("a.x = y; a.x.z = 1", set(), set()),
        ("def f(a):\n    b = a.x\n    return b.name", {"name"}, set()),
        ("a.y.x.name; b.y", {"name"}, set()),
    ],
)
def test_parts_that_a_source_reads(text: str, names: set[str | int], calls: set[str]) -> None:
    found = parts_used(ProgramSource([text]), "x")
    assert found is not None and (found.names, found.calls) == (names, calls)


@pytest.mark.parametrize(
    "text",
    [
        "f(a.x)", "return_ = a.x", "[a.x]", "a.x == b", "a.x + 1", "for b in a.x: pass", "a.x[n]", "a.x[1:2]",
        "b = a.x or c", "def f(a):\n    return a.x", "def f(a):\n    b = a.x\n    g(b)", "a.x()",
        "a.x.id(); getattr(a, 'x')", "a.x.id(); vars(a)", "a.x.id(); getattr(a, b)", "a.x.id(); a.__dict__",
        "a.x.id()\nmatch a:\n    case A(x=b): pass", "a.x.id(); pickle.dumps(a)", "a.x.id(); json.dumps(a, default=f)",
        "lambda a: a.x", "a.x.id(); render(a)", "no python(", "await_(*a.x)", "def f(a):\n    yield a.x",
    ],
)  # fmt: skip
def test_what_may_be_used_whole(text: str) -> None:
    assert parts_used(ProgramSource([text]), "x") is None


@pytest.mark.parametrize(
    "text",
    ["x.append(a)", "for a in x: a.n", "[a.n for a in b.x if a]", "x[-1].n; x[i].n", "for a in reversed(x[1:]): a.n()",
     "a = len(x) if x else 0", "def f():\n    a = x.pop()\n    a.n", "x.pop(0)", "for k, a in x.items(): a.n",
     "[k for k, a in x.items() if a.n == 3]"],
)  # fmt: skip
def test_items_of_which_parts_are_read(text: str) -> None:
    assert parts_of_items_used(ProgramSource([text]), "x") is not None


@pytest.mark.parametrize(
    "text",
    ["f(x)", "for a in x: f(a)", "[a for a in x]", "b = x", "for i, a in enumerate(x): a.n", "x[0] == a", "a in x",
     "sorted(x)", "x.sort()", "return_ = x[0]", "f = x.append", "for a in x:\n    def g(): return a", "b.x + c", "x.n"],
)  # fmt: skip
def test_items_that_may_be_used_whole(text: str) -> None:
    assert parts_of_items_used(ProgramSource([text]), "x") is None


def test_keys_that_stand_elsewhere_as_well_may_be_used_whole() -> None:
    assert parts_used(ProgramSource(["a['x'].id(); a.get('x').name"]), "x", is_key=True) is not None
    for more in ("f(**a)", "a.items()", "names = ['x']", "json.dumps(a)"):
        assert parts_used(ProgramSource([f"a['x'].id(); {more}"]), "x", is_key=True) is None


def test_what_methods_read_of_themselves() -> None:
    text = """
class A:
    def first(self): return self.a + self.second()
    def second(self): return self.b
    def whole(self): return f(self)
    def parent(self): return super().first()
class B(A):
    def second(self): return self.c
"""
    source = ProgramSource([text])
    assert read_by_method(source, ["A"], "first") == {"a", "second", "b"}
    assert read_by_method(source, ["A", "B"], "first") == {"a", "second", "c"}
    for name in ("whole", "parent", "other"):
        assert read_by_method(source, ["A"], name) is None
    assert isinstance(source.scope_of(source.of(ast.Return)[0]), ast.FunctionDef)


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("def f():\n    x = []\n    return x", True),
        ("def f():\n    x = []\n    return x, [a.n for a in x]", True),
        (
            "def f():\n    x = []\n    def g():\n        return x\n    return g",
            False,
        ),  # g may be asked
        (
            "def f():\n    x = []\n    return x\ndef g():\n    x = []\n    return x[0]",
            True,
        ),  # another x
        ("def f():\n    x = []\n    h(x)\n    return x", False),
    ],
)
def test_what_is_returned_to_a_name_that_nobody_reads(text: str, is_known: bool) -> None:
    source = ProgramSource([text])
    assert parts_of_items_used(source, "x") is None
    found = parts_of_items_returned(source, Name("x", "f", "local", 0))
    assert (found is not None) is is_known


RETURNED = """
class Response:
    def __init__(self, n): self.status, self.body, self.stream = n % 7, bytearray(20_000 + n), Stream(self)
class Stream:
    def __init__(self, response): self.response = response
class Probe:
    def __init__(self, response): self.status = response.status
def fetched():
    seen, size = {}, 0
    for n in range(1500):
        response = Response(n)
        size += len(response.body)
        seen[f"/page/{n}"] = KEPT
    late = [url for url, each in seen.items() if each.status == 3]
    print(size, len(late))
    return seen, late
def others():
    seen = {"/": Probe(Response(1))}
    return seen
kept = fetched()
MORE
"""


def test_what_a_function_returns_to_a_name_that_nothing_reads(tmp_path: Path) -> None:
    """The responses are in rings: without the table the last ones still wait for the collector."""
    text = RETURNED.replace("MORE", "")
    bad, good = text.replace("KEPT", "response"), text.replace("KEPT", "Probe(response)")
    assert_one_arm_is_told(tmp_path, "HW339", bad, good, "seen[f")
    (tmp_path / "read").mkdir()
    read = RETURNED.replace("MORE", "print(len(kept[0]['/page/3'].body))")
    assert_is_not_told(tmp_path / "read", "HW339", read.replace("KEPT", "response"))
