"""Tables of many sets of numbers, and what is done with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

INDEX = """
from array import array
import random
dice = random.Random(11)
def documents():
    for number in range(6000):
        yield number, {int(dice.expovariate(1 / 100)) for _ in range(40)}
class Index:
    def __init__(self): self.of_words = {}
    def add(self, word, number): HERE  # kept
    def count(self, word): return len(self.of_words[word])
    MORE
index = Index()
for number, words in documents():
    for word in words: index.add(word, number)
print(sum(map(index.count, index.of_words)) USE)
"""
SETS = "self.of_words.setdefault(word, set()).add(number)"
ARRAYS = "self.of_words.setdefault(word, array('I')).append(number)"


def filled(here: str, more: str = "", use: str = "") -> str:
    return INDEX.replace("HERE", here).replace("MORE", more).replace("USE", use)


def test_an_index_of_sets_is_one_of_arrays(tmp_path: Path) -> None:
    assert_one_arm_is_told(tmp_path, "HW323", filled(SETS), filled(ARRAYS), "# kept")


GIVEN = (
    INDEX.partition("class Index")[0]
    + """
def filled():
    index = {}
    for number, words in documents():
        for word in words: HERE  # kept
    return index
kept = eval("filled")()
print(sum(map(len, kept.values())))
"""
)


def test_an_index_that_a_function_gives(tmp_path: Path) -> None:
    bad, good = (
        GIVEN.replace("HERE", each.replace("self.of_words", "index")) for each in (SETS, ARRAYS)
    )
    assert_one_arm_is_told(tmp_path, "HW323", bad, good, "# kept")


@pytest.mark.parametrize(
    ("more", "use"),
    [
        (
            "def both(self, a, b): return self.of_words[a] & self.of_words[b]",
            "+ len(index.both(1, 2))",
        ),
        (
            "def both(self, a, b): return self.of_words[a].intersection(self.of_words[b])",
            "+ len(index.both(1, 2))",
        ),
        ("def has(self, word, n): return n in self.of_words[word]", "+ index.has(1, 2)"),
        ("def drop(self, word, n): self.of_words[word].discard(n)", "+ (index.drop(1, 2) or 0)"),
    ],
)
def test_sets_that_are_asked_are_not_told(more: str, use: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW323", filled(SETS, more, use))


def test_sets_over_few_numbers_are_told_once(tmp_path: Path) -> None:
    text = filled(SETS).replace("1 / 100)) for _ in range(40)}", "1 / 900)) for _ in range(40)}")
    text = text.replace("add(word, number)\n", "add(word, number % 20)\n")
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert {"HW318", "HW323"} & {each["code"] for each in found["findings"]} == {"HW318"}


def test_sets_of_one_element_are_not_told_to_be_shared(tmp_path: Path) -> None:
    """An index puts more into each of them: HW319 says what they take."""
    text = """
import collections
index, documents = collections.defaultdict(set), [number * 1000 for number in range(40)]
for number in range(40_000): index[f"word {number}"].add(documents[number % 40])
print(len(index), sum(map(len, index.values())))
"""
    found, _, said = advised(tmp_path, text, "--snapshot", "peak,end")
    assert said
    codes = {each["code"] for each in found["findings"]}
    assert "HW319" in codes
    assert "HW321" not in codes
