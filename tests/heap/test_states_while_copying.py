"""What deep copies and unpickling keep until they are done: found, with what it takes, and not called records."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from heapwise.analyze.being_copied import reads_pickle
from heapwise.analyze.program_source import ProgramSource
from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

COPIED = """
import copy, pickle, time
class Item:
    SLOTS
    def __init__(self, number):
        self.number, self.name, self.tags, self.note = number, None, None, None
def main():
    items = [Item(number) for number in range(60_000)]
    mine = HERE  # copies
    for each in mine: each.number += 1
    time.sleep(0.1)
    print(sum(each.number for each in mine) - sum(each.number for each in items))
main()
"""
READ = """
import os, pickle, time
class Item:
    def __init__(self, number):
        self.number, self.name, self.tags, self.note = number, None, None, None
    REDUCE
def write():
    items = [Item(number) for number in range(60_000)]
    with open("items.pickle", "wb") as file:
        WRITE
def main():
    if not os.fork():
        write()
        os._exit(0)
    os.wait()
    items = []
    with open("items.pickle", "rb") as file:
        READS
    time.sleep(0.1)
    print(sum(each.number for each in items))
main()
"""
WHOLE = READ.replace("REDUCE", "").replace("WRITE", "pickle.dump(items, file)")
ONE_BY_ONE = """for _ in range(60_000): items.append(pickle.load(file))"""
ANEW = "[Item(each.number) for each in items]"
NO_SLOTS, WITH_SLOTS = "__slots__", '__slots__ = ("number", "name", "tags", "note")'
PAIRS = {
    "a deep copy": (COPIED.replace("SLOTS", ""), "copy.deepcopy(items)", ANEW),
    "a deep copy of objects with slots": (COPIED.replace("SLOTS", WITH_SLOTS), "copy.deepcopy(items)", ANEW),
    "a copy by way of a pickle": (COPIED.replace("SLOTS", ""), "pickle.loads(pickle.dumps(items))", ANEW),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_a_copy_is_found_with_what_it_takes(name: str, tmp_path: Path) -> None:
    text, wasteful, mended = PAIRS[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    found = assert_one_arm_is_told(tmp_path, "HW406", bad, good, "# copies")
    assert "HW304" not in {each["code"] for each in found["findings"]}


def test_pickles_that_are_read_one_by_one_save_it(tmp_path: Path) -> None:
    bad = WHOLE.replace("READS", "items += pickle.load(file)")
    good = (
        READ.replace("REDUCE", "def __reduce__(self): return Item, (self.number,)")
        .replace("WRITE", "for each in items: pickle.dump(each, file)")
        .replace("READS", ONE_BY_ONE)
    )
    assert_one_arm_is_told(tmp_path, "HW406", bad, good, "pickle.load(file)")


@pytest.mark.parametrize(
    "text",
    [
        COPIED.replace("SLOTS", "").replace("HERE", "[copy.copy(each) for each in items]"),
        WHOLE.replace("[Item(number) for number in range(60_000)]", "[str(n) * 20 for n in range(60_000)]")
        .replace("READS", "items += pickle.load(file)").replace("each.number", "len(each)"),
    ],
    ids=["copies of each", "a pickle of texts"],
)  # fmt: skip
def test_what_keeps_no_states_is_not_told(text: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path, "HW406", text)


@pytest.mark.parametrize(
    ("text", "reads"),
    [("x = pickle.load(f)", True), ("x = cloudpickle.loads(t)", True), ("from pickle import loads\nx = loads(t)", True),
     ("from pickle import load as read\nx = read(f)", False), ("from json import load\nx = load(f)", False),
     ("def load(path): pass\nx = load(p)", False), ("x = json.load(f)", False), ("x = pickle.dumps(t)", False)],
)  # fmt: skip
def test_which_calls_read_a_pickle(text: str, reads: bool) -> None:
    source = ProgramSource([text])
    assert any(reads_pickle(source, call) for call in source.of(ast.Call)) is reads
