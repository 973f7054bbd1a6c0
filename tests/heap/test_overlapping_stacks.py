"""HW423: stacked arrays with the same planes in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import heapwise
from heapwise.model.snapshot import Snapshot
from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

REPLAY = """
import time
from collections import deque
import numpy as np
dice = np.random.default_rng(1)
FIRST, SECOND = dice.random((2, 60, 60))
class Frames:
    def __init__(self, frames): self.frames = frames
    def __array__(self, dtype=None, copy=None): return np.stack(self.frames)
class Stack:
    def __init__(self): self.frames = deque([self.frame()] * 4, maxlen=4)
    def frame(self): return FRAME
    def step(self):
        self.frames.append(self.frame())
        return HERE  # stacked
stack = Stack()
buffer = [stack.step() for _ in range(1500)]
time.sleep(0.3)
print(sum(int(np.asarray(each)[0, 0, 0]) for each in buffer))
"""
FRAME = "dice.integers(0, 255, (60, 60), dtype=np.uint8)"


def test_frames_that_are_stacked_at_each_step(tmp_path: Path) -> None:
    text = REPLAY.replace("FRAME", FRAME)
    bad = text.replace("HERE", "np.stack(self.frames)")
    good = text.replace("HERE", "Frames(tuple(self.frames))")
    assert_one_arm_is_told(tmp_path, "HW423", bad, good, "# stacked")


@pytest.mark.parametrize(
    ("frame", "stacked"),
    [
        (FRAME, "np.stack([self.frame() for _ in self.frames])"),
        ("np.zeros((60, 60), dtype=np.uint8)", "np.stack(self.frames)"),
        ("np.full((60, 60), 0.5)", "np.stack(self.frames)"),
        ("FIRST", "np.stack([FIRST, SECOND])"),
    ],
)
def test_other_frames_and_empty_ones_are_not_told(frame: str, stacked: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path, "HW423", REPLAY.replace("FRAME", frame).replace("HERE", stacked))


def shared(place: Path, kept: Sequence[np.ndarray]) -> list[int]:
    """What stands in one before it as well, of each, sorted."""
    heapwise.snapshot(place / "x.hw")
    snapshot = Snapshot.open(place / "x.hw")
    facts, addresses = (
        snapshot.facts.get("shared_planes_bytes", {}),
        list(snapshot.nodes("address")),
    )
    return sorted(facts.get(addresses.index(id(each)), 0) for each in kept)


def test_planes_are_counted_wherever_they_stand_in_a_stack(tmp_path: Path) -> None:
    planes = list(np.random.default_rng(2).random((5, 20, 20)))
    kept = [np.stack(planes[:3]), np.stack(planes[2:]), np.stack([planes[4], planes[0]])]
    size = planes[0].nbytes
    assert shared(tmp_path, kept)[0] == 0
    assert sum(shared(tmp_path, kept)) == 3 * size


def test_small_single_and_fortran_arrays_are_left_out(tmp_path: Path) -> None:
    planes = np.random.default_rng(3).random((4, 20, 20))
    kept = [
        planes[:, :3, :3].copy(),
        planes[:1].copy(),
        np.asfortranarray(planes),
        planes[:, :3, :3].copy(),
    ]
    del planes
    assert shared(tmp_path, kept) == [0] * 4
