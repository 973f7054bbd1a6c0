"""The lines of a finding: where its objects are put, and where its bytes are allocated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.analyze.kept_at import kept_at, names_above
from heapwise.analyze.paths import place_of
from heapwise.model.snapshot import Snapshot
from tests.conftest import advice
from tests.heap.test_whole_programs import advised

MAKES = """
class Row:
    def __init__(self, text): self.text = text
def made(): return "x" * 3_000_000
"""
PUT = {
    "an attribute": """
class Holder:
    def __init__(self):
        self.text = made()  # put
holder = Holder()
""",
    "a slot": """
class Holder:
    __slots__ = ("text",)
    def fill(self):
        self.text = made()  # put
holder = Holder(); holder.fill()
""",
    "a field": """
import dataclasses
@dataclasses.dataclass
class Holder:
    text: str
holder = Holder(made())  # put
""",
    "what is in an attribute": """
class Holder:
    def __init__(self):
        self.all = {}
    def fill(self):
        for n in range(2):
            self.all.setdefault(n, []).append(made())  # put
holder = Holder(); holder.fill()
""",
    "a global dict": """
KNOWN = {}
def remember(key):
    KNOWN[key] = made()  # put
def other(key):
    KNOWN = {}
    KNOWN[key] = key
remember(1); other(2)
""",
    "a heap": """
import heapq
queue = []
def later(when):
    heapq.heappush(queue, (when, made()))  # put
later(3)
""",
    "a local": """
def main():
    held = [made()]  # put
    return sys._getframe()
import sys
frame = main()
""",
    "a class": """
class Holder:
    known = []
    def fill(self):
        self.known.append(made())  # put
Holder().fill()
""",
    "a constant of a class": """
class Holder:
    text = made()  # put
""",
    "an exit stack": """
import contextlib
stack = contextlib.ExitStack()
def main():
    one = stack.enter_context(contextlib.nullcontext(made()))  # put
    return len(one)
main()
""",
    "what a function gives": """
def run():
    results = {}
    for n in range(2): results[n] = made()  # put
    return results
kept = run()
""",
    "a local of an ended call": """
failed = []
def load():
    data = made()  # put
    raise ValueError(1)
def main():
    try: load()
    except ValueError as error: failed.append(error)
main()
""",
}


def snapshot_of(folder: Path, program: str) -> Snapshot:
    folder.mkdir(exist_ok=True)
    (folder / "program.py").write_text(program)
    words = ["-m", "heapwise", "run", "-q", "--snapshot", "end", "-o", "run.hw", "program.py"]
    subprocess.run([sys.executable, *words], cwd=folder, check=True)
    return Snapshot.open(folder / "run.snapshot.hw")


def large(snapshot: Snapshot) -> int:
    """The node of the text that the program made."""
    sizes = snapshot.nodes("size_bytes")
    return next(node for node in snapshot.of_type_exactly("str") if sizes[node] > 2_000_000)


@pytest.mark.parametrize("way", PUT)
def test_the_statement_that_puts_it_there_is_told(way: str, tmp_path: Path) -> None:
    text = MAKES + PUT[way]
    snapshot = snapshot_of(tmp_path, text)
    found = kept_at(snapshot, [large(snapshot)])
    assert [text.splitlines()[each.line - 1].endswith("# put") for each in found] == [True]
    assert Path(found[0].file).name == "program.py"


def test_locals_of_ended_calls_are_named(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, MAKES + PUT["a local of an ended call"])
    node = large(snapshot)
    assert place_of(snapshot, node) == (
        "__main__.failed[0].__traceback__.tb_next.tb_frame.f_locals['data']"
    )
    name = next(names_above(snapshot, node))
    assert (name.text, name.owner, name.kind, name.steps) == ("data", "load", "local", 0)


def test_names_of_libraries_say_nothing_of_the_program(tmp_path: Path) -> None:
    text = """
import argparse
class Mine:
    def __init__(self): self.description = ""
parser = argparse.ArgumentParser()
def main():
    parser.description = "x" * 3_000_000
main()
"""
    snapshot = snapshot_of(tmp_path, text)
    node = large(snapshot)
    assert next(names_above(snapshot, node)).text == "description"
    found = kept_at(snapshot, [node])
    assert [each.line for each in found] == [5]  # what binds the parser: the nearest of its own


def test_a_finding_tells_them(tmp_path: Path) -> None:
    text = """
class Node:
    def __init__(self, name):
        self.name = name
        self.parents = set()
        self.children = []
def main():
    nodes = [Node(n) for n in range(60_000)]
    return nodes[-1].name
print(main())
"""
    found, _, _ = advised(tmp_path / "p", text, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW306")
    assert {5, 6} <= {first["line"], *(each["line"] for each in first["related"])}
    assert {each["role"] for each in first["related"]} == {"keeps"}


def test_nobody_is_asked_to_change_the_standard_library_where_the_source_is_away(
    tmp_path: Path,
) -> None:
    text = """
import weakref
def main():
    return len([weakref.WeakKeyDictionary() for n in range(40_000)])
print(main())
"""
    found, _, _ = advised(tmp_path, text, "--snapshot", "peak,end")
    assert "HW306" not in [each["code"] for each in found["findings"]]
    (tmp_path / "app.py").unlink()
    assert "HW306" not in [each["code"] for each in advice(tmp_path / "run.hw")["findings"]]


def test_nobody_is_asked_to_change_attributes_of_a_library_base(tmp_path: Path) -> None:
    text = """
import weakref
class Group(weakref.WeakSet):
    def __init__(self):
        super().__init__()
        self.names = []
groups = [Group() for n in range(20_000)]
print(len(groups))
"""
    found, _, _ = advised(tmp_path, text, "--snapshot", "peak,end")
    [first] = [each for each in found["findings"] if each["code"] == "HW306"]
    assert "self.names" in first["fix"] and "_pending_removals" not in first["fix"]


def test_texts_that_a_library_makes_are_not_changed_at_the_line_that_calls_it(
    tmp_path: Path,
) -> None:
    text = """
from urllib.request import Request
def main():
    kept = []
    for n in range(20_000): kept.append(Request(f"https://shop{n}.example.com/catalogue/of/the/winter/season"))
    return len(kept)
print(main())
"""
    found, _, _ = advised(tmp_path, text, "--snapshot", "peak,end")
    [first] = [each for each in found["findings"] if each["code"] == "HW307"]
    assert first["patch"] == ""


def test_a_finding_on_lines_tells_which_allocate(tmp_path: Path) -> None:
    text = """
def loaded(n):
    rows = []
    for k in range(n):
        text = "%07d" % k * 900
        rows.append((k, text))
    return rows
def main():
    total = 0
    for k, text in loaded(3000):
        total += len(text)
    print(total)
main()
"""
    found, _, _ = advised(tmp_path / "p", text, "--snapshot", "peak,end")
    first = found["findings"][0]
    lines = {first["line"], *(each["line"] for each in first["related"])}
    assert first["code"] == "HW702"
    assert 5 in lines


def test_a_leak_tells_what_fills_it(tmp_path: Path) -> None:
    text = """
import time
class Service:
    def __init__(self): self.seen = []
    def handle(self, n):
        answer = "%07d" % n * 100
        self.seen.append(answer)
service = Service()
for n in range(2000):
    service.handle(n)
    time.sleep(0.001)
"""
    (tmp_path / "program.py").write_text(text)
    run = ["run", "-q", "--snapshot", "every=200ms,end", "-o", "run.hw", "program.py"]
    subprocess.run([sys.executable, "-m", "heapwise", *run], cwd=tmp_path, check=True)
    words = [sys.executable, "-m", "heapwise", "leaks", "run.hw", "--json"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    first = json.loads(done.stdout)["suspects"][0]
    assert first["line"] == 6
    assert [(each["role"], each["line"]) for each in first["related"]] == [("keeps", 7)]


def test_long_chains_are_counted(tmp_path: Path) -> None:
    text = """
class Node:
    def __init__(self, next): self.next, self.text = next, ""
first = None
for n in range(50): first = Node(first)
last = first
while last.next is not None: last = last.next
last.text = "x" * 3_000_000
del last
"""
    snapshot = snapshot_of(tmp_path, text)
    assert place_of(snapshot, large(snapshot)) == "__main__.first.next (×49).text"
