"""By how much the peak is lower when something goes: another moment may be nearly as high."""

from __future__ import annotations

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.analyze.next_peak import NextPeak
from heapwise.model.tables import Frame, Moment, Tick
from tests.heap.test_whole_programs import advised

_ROWS, _STEPS = 5, 60


def drawn(dice: random.Random, *, again: bool, moments_every: int) -> tuple[Any, list[list[int]]]:
    """A recording of some lines, one site each, and what each held at each step. again: lines free and make anew."""
    held = [[0] * _STEPS for _ in range(_ROWS)]
    total = [0] * _ROWS
    for row in range(_ROWS):
        for _ in range(dice.randrange(1, 4) if again else 1):
            first, size = dice.randrange(_STEPS - 2), dice.randrange(10_000, 100_000)
            last = dice.randrange(first + 1, _STEPS)
            top = dice.randrange(first, last)
            for step in range(first, last):
                level = size * (step - first + 1) // (top - first + 1) if step <= top else size
                held[row][step] = max(held[row][step], level)
        total[row] = sum(max(0, b - a) for a, b in zip([0, *held[row]], held[row], strict=False))
    heap = [sum(row[step] for row in held) for step in range(_STEPS)]
    peak = heap.index(max(heap))
    looks = [step for step in range(_STEPS) if step % moments_every == 0 or step == _STEPS - 1]
    recording = SimpleNamespace(
        summary=SimpleNamespace(peak_bytes=heap[peak], peak_s=float(peak)),
        frames=[Frame("f", "", row + 1) for row in range(_ROWS)],
        site_ids=list(range(_ROWS)),
        sites=SimpleNamespace(
            frame=list(range(_ROWS)), parent=[0] * _ROWS,
            figures={"peak_bytes": [row[peak] for row in held], "total_bytes": total},
        ),
        node_parents=[0], node_frames=[0], cpu=SimpleNamespace(node=[]),
        is_user_file=lambda file: True,
        ticks=[Tick(float(step), 0, heap[step], 0, 0) for step in range(_STEPS)],
        moments=[
            Moment(float(step), [(row, held[row][step]) for row in range(_ROWS) if held[row][step]])
            for step in looks
        ],
    )  # fmt: skip
    return recording, held


def truth(held: list[list[int]], gone: set[int]) -> int:
    heap = [sum(row[step] for row in held) for step in range(_STEPS)]
    left = [
        sum(row[step] for at, row in enumerate(held) if at not in gone) for step in range(_STEPS)
    ]
    return max(heap) - max(left)


@pytest.mark.parametrize("seed", range(150))
def test_with_a_moment_at_each_step_it_is_exact(seed: int) -> None:
    dice = random.Random(seed)
    recording, held = drawn(dice, again=False, moments_every=1)
    held_then = [row for row, size in enumerate(recording.sites.figures["peak_bytes"]) if size]
    gone = set(dice.sample(held_then, dice.randrange(1, len(held_then) + 1)))
    freed = sum(recording.sites.figures["peak_bytes"][row] for row in gone)
    found = NextPeak(recording, None).at_most_bytes({("", row + 1) for row in gone}, freed)
    heap = [sum(row[step] for row in held) for step in range(_STEPS)]
    peak = int(recording.summary.peak_s)
    over = (
        step for step in range(peak + 1, _STEPS)
        if heap[step] <= heap[peak] - 0.95 * sum(held[row][peak] for row in gone)
    )  # fmt: skip
    looked_at = [*range(peak), *range(next(over, _STEPS) + 1, _STEPS)]
    left = [sum(row[step] for at, row in enumerate(held) if at not in gone) for step in looked_at]
    assert found == min(heap[peak] - max(left, default=0), freed)
    assert found >= min(truth(held, gone), freed)


@pytest.mark.parametrize("every", [5, 17, 40])
@pytest.mark.parametrize("seed", range(100))
def test_what_moments_missed_never_makes_it_less(seed: int, every: int) -> None:
    dice = random.Random(seed)
    recording, held = drawn(dice, again=every > 20, moments_every=every)
    held_then = [row for row, size in enumerate(recording.sites.figures["peak_bytes"]) if size]
    gone = set(dice.sample(held_then, dice.randrange(1, len(held_then) + 1)))
    freed = sum(recording.sites.figures["peak_bytes"][row] for row in gone)
    found = NextPeak(recording, None).at_most_bytes({("", row + 1) for row in gone}, freed)
    assert min(truth(held, gone), freed) <= found <= freed


def test_what_is_made_elsewhere_as_well_is_left_as_it_is() -> None:
    recording, _ = drawn(random.Random(3), again=False, moments_every=1)
    held = recording.sites.figures["peak_bytes"]
    row = held.index(max(held))
    asked = 2 * held[row]
    assert NextPeak(recording, None).at_most_bytes({("", row + 1)}, asked) == asked


def test_what_was_there_at_another_moment_alone_frees_nothing() -> None:
    recording, _ = drawn(random.Random(1), again=False, moments_every=1)
    figures, frames = recording.sites.figures, recording.frames
    row = min(range(_ROWS), key=lambda each: figures["peak_bytes"][each])
    most = max(size for each in recording.moments for at, size in each.held if at == row)
    figures["peak_bytes"][row] = 0
    recording.moments = [
        moment for moment in recording.moments if moment.time_s != recording.summary.peak_s
    ]
    told = NextPeak(recording, None).at_most_bytes({("", frames[row].line)}, most)
    assert told == 0


PROGRAM = """
import time
def prepared():
    blocks = [bytearray(1_000_000) for _ in range(60)]
    time.sleep(0.3)
    return sum(map(len, blocks))
def rows():
    found = []
    for n in range(100):
        found.append(bytearray(b"x") * 1_000_000)
        time.sleep(0.002)
    return found
def main():
    print(prepared())
    print(sum(len(row) for row in rows()))
main()
"""


def test_an_earlier_moment_that_is_nearly_as_high_bounds_the_saving(tmp_path: Path) -> None:
    found, peak, _ = advised(tmp_path / "program", PROGRAM, "--snapshot", "peak,end")
    first = found["findings"][0]
    assert first["code"] == "HW702"
    assert 0.38 * peak < first["saving_bytes"] < 0.42 * peak
    assert "then another moment is the peak" in " ".join(first["evidence"])


def test_two_pages_of_the_same_are_no_second_peak(tmp_path: Path) -> None:
    text = PROGRAM.replace("print(prepared())", "print(sum(len(row) for row in rows()))")
    found, peak, _ = advised(tmp_path / "program", text, "--snapshot", "peak,end")
    first = found["findings"][0]
    assert first["code"] == "HW702"
    assert first["saving_bytes"] > 0.9 * peak
