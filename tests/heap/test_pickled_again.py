"""HW421: pickles that have the same in them, and the parts of bytes that stand in others."""

from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

import heapwise
from heapwise.model.snapshot import Snapshot
from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

QUEUE = """
import json, pickle, random, time
from functools import partial
def score(low, high): return sum(range(low, high))
class Run:
    def __init__(self): self.history = random.Random(1).randbytes(400_000)
    def score(self, low, high): return score(low, high)
    def job(self, n): return partial(HERE, n, n + 9)
class Queue:
    def __init__(self): self.waiting = []
    def submit(self, call):
        self.waiting.append(pickle.dumps(call))  # made
run, queue = Run(), Queue()
for n in range(60): queue.submit(run.job(n))
time.sleep(0.3)
print(sum(pickle.loads(each)() for each in queue.waiting))
"""


def test_methods_that_are_pickled_with_their_objects(tmp_path: Path) -> None:
    bad, good = (QUEUE.replace("HERE", each) for each in ("self.score", "score"))
    assert_one_arm_is_told(tmp_path, "HW421", bad, good, "# made")


@pytest.mark.parametrize(
    "waiting",
    [
        "pickle.dumps(random.randbytes(400_000))",
        "self.head + call.args[0].to_bytes(2, 'big')",
        "json.dumps([self.head.hex(), call.args[0]]).encode()",
    ],
)
def test_bytes_that_are_others_or_no_pickles_are_not_told(waiting: str, tmp_path: Path) -> None:
    text = QUEUE.replace("HERE", "score").replace("pickle.dumps(call)", waiting)
    text = text.replace(
        "self.waiting = []", "self.waiting, self.head = [], random.Random(1).randbytes(400_000)"
    )
    assert_is_not_told(tmp_path, "HW421", text.replace("pickle.loads(each)()", "len(each)"))


def shared(place: Path, kept: Sequence[bytes]) -> list[int]:
    """What stands in one before it as well, of each."""
    heapwise.snapshot(place / "x.hw")
    snapshot = Snapshot.open(place / "x.hw")
    facts, addresses = snapshot.facts.get("shared_bytes", {}), list(snapshot.nodes("address"))
    return [facts.get(addresses.index(id(each)), 0) for each in kept]


def test_what_stands_in_others_is_found_wherever_it_stands(tmp_path: Path) -> None:
    dice = random.Random(7)
    common = dice.randbytes(300_000)
    kept = [
        dice.randbytes(before) + common + dice.randbytes(100_000 - before)
        for before in (0, 3, 50_001, 99_999)
    ]
    del common
    found = shared(tmp_path, kept)
    assert sum(each == 0 for each in found) == 1  # the first that was met
    assert all(each == 0 or 270_000 <= each <= 300_000 for each in found)


def test_what_is_equal_random_or_small_is_not_counted(tmp_path: Path) -> None:
    dice = random.Random(8)
    whole = dice.randbytes(200_000)
    kept = [
        whole,
        bytes(bytearray(whole)),
        dice.randbytes(200_000),
        whole[:50_000],
        whole[10_000:70_000],
    ]
    assert shared(tmp_path, kept) == [0] * 5


def test_pickles_of_one_object_share_what_it_holds(tmp_path: Path) -> None:
    numbers = random.Random(9).randbytes(250_000)
    kept = [pickle.dumps(partial(max, numbers, n)) for n in range(5)]
    assert sum(each >= 240_000 for each in shared(tmp_path, kept)) == 4
