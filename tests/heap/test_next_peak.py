"""By how much the peak is lower when something goes: another moment may be nearly as high."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.analyze.next_peak import NextPeak
from heapwise.model.finding import Finding, Freed
from heapwise.model.tables import Frame, Moment, Tick
from tests.heap.test_whole_programs import advised

_ROWS, _STEPS = 5, 60


def drawn(dice: random.Random, moments_every: int) -> tuple[Any, list[list[int]]]:
    """A recording of some lines, one site each, which the main thread runs one after the other; and what each held at
    each step."""
    held = [[0] * _STEPS for _ in range(_ROWS)]
    stands = [0] * _STEPS  # row + 1 is the node of its line
    for row in range(_ROWS):
        first, size = row * _STEPS // _ROWS + 1, dice.randrange(10_000, 100_000)
        top = first + dice.randrange(1, _STEPS // _ROWS - 1)
        last = dice.choice((top + 1, dice.randrange(top + 1, _STEPS + 1), _STEPS))
        for step in range(first, last):
            held[row][step] = size * min(step - first + 1, top - first + 1) // (top - first + 1)
            stands[step] = row + 1 if step <= top else stands[step]
    heap = [sum(row[step] for row in held) for step in range(_STEPS)]
    peak = heap.index(max(heap))
    moments = [step for step in range(_STEPS) if step % moments_every == 0]
    recording = SimpleNamespace(
        summary=SimpleNamespace(peak_bytes=heap[peak], peak_s=float(peak)),
        frames=[Frame("f", "", row) for row in range(_ROWS + 1)],
        site_ids=list(range(_ROWS)),
        site_user_frames=list(range(1, _ROWS + 1)),
        sites=SimpleNamespace(
            figures={"peak_bytes": [row[peak] for row in held]}, parent=[0] * _ROWS, frame=list(range(1, _ROWS + 1))
        ),
        node_parents=[0] * (_ROWS + 1), node_frames=list(range(_ROWS + 1)),
        ticks=[
            Tick(float(step), 0, heap[step], 0, stands[step], highest_bytes=heap[step]) for step in range(_STEPS)
        ],
        moments=[
            Moment(float(step), [(row, held[row][step]) for row in range(_ROWS) if held[row][step]])
            for step in moments
        ],
    )  # fmt: skip
    return recording, held


@pytest.mark.parametrize("every", [1, 4, 13])
@pytest.mark.parametrize("seed", range(150))
def test_it_is_never_less_than_what_would_be_freed(seed: int, every: int) -> None:
    dice = random.Random(seed)
    recording, held = drawn(dice, every)
    heap = [sum(row[step] for row in held) for step in range(_STEPS)]
    at_peak = recording.sites.figures["peak_bytes"]
    there = [row for row, size in enumerate(at_peak) if size]
    gone = set(dice.sample(there, dice.randrange(1, len(there) + 1)))
    freed = sum(at_peak[row] for row in gone)
    found = NextPeak(recording, None).at_most_bytes(frozenset(("", row + 1) for row in gone), freed)
    left = [
        sum(row[step] for at, row in enumerate(held) if at not in gone) for step in range(_STEPS)
    ]
    assert min(max(heap) - max(left), freed) <= found <= freed
    if every == 1:
        first = next(step for step in range(_STEPS) if any(held[row][step] for row in gone))
        assert found <= max(heap) - max(heap[:first])


@pytest.mark.parametrize("seed", range(60))
def test_what_leaves_less_when_its_line_has_run_is_bounded_by_what_comes_then(seed: int) -> None:
    """A table is there twice while it is read; afterwards its narrower columns save once."""
    recording, _ = drawn(random.Random(seed), 1)
    at_peak = recording.sites.figures["peak_bytes"]
    row = at_peak.index(max(at_peak))
    freed, later = at_peak[row], at_peak[row] // 3
    found = [
        NextPeak(recording, None)._lowered(
            Finding(
                code="HW397", title="", file="", line=row + 1, saving_bytes=freed,
                freed=Freed(lines={("", row + 1): freed}, complete=True, later_bytes=bytes_then),
            )
        ).saving_bytes
        for bytes_then in (None, later)
    ]  # fmt: skip
    last = max(at for at, tick in enumerate(recording.ticks) if tick.node == row + 1)
    after = max((tick.heap_bytes for tick in recording.ticks[last + 1 :]), default=0)
    bound = recording.summary.peak_bytes - max(0, after - later)
    assert found[1] == pytest.approx(min(found[0], bound), rel=0.02)


def test_what_is_made_elsewhere_as_well_is_left_as_it_is() -> None:
    recording, _ = drawn(random.Random(3), 1)
    held = recording.sites.figures["peak_bytes"]
    row = held.index(max(held))
    asked = 2 * held[row]
    assert NextPeak(recording, None).at_most_bytes(frozenset([("", row + 1)]), asked) == asked


def test_lines_that_another_thread_runs_are_left_as_they_are() -> None:
    recording, _ = drawn(random.Random(3), 1)
    recording.ticks = [replace(tick, node=0) for tick in recording.ticks]
    held = recording.sites.figures["peak_bytes"]
    row = held.index(max(held))
    assert (
        NextPeak(recording, None).at_most_bytes(frozenset([("", row + 1)]), held[row]) == held[row]
    )


def test_a_line_that_is_always_done_before_the_next_tick_is_bounded_by_what_it_held() -> None:
    recording, _ = drawn(random.Random(3), 1)
    held = recording.sites.figures["peak_bytes"]
    row = held.index(max(held))
    bounded = NextPeak(recording, None).at_most_bytes(frozenset([("", row + 1)]), held[row])
    recording.frames.append(Frame("f", "", 1000))  # another line of the same function
    recording.node_frames.append(len(recording.frames) - 1)
    recording.node_parents.append(0)
    node = len(recording.node_frames) - 1
    recording.ticks = [
        replace(tick, node=node if tick.node == row + 1 else tick.node) for tick in recording.ticks
    ]
    assert bounded < held[row]
    assert NextPeak(recording, None).at_most_bytes(frozenset([("", row + 1)]), held[row]) == bounded


@pytest.mark.parametrize("head", ["if True:", "for _ in range(2):", "while True:"])
@pytest.mark.parametrize("seed", range(20))
def test_the_source_tells_what_came_before_lines_between_two_moments(
    seed: int, head: str, tmp_path: Path
) -> None:
    """One line after the other, of a file in which they stand once, or in a loop: there it tells nothing."""
    path = tmp_path / "app.py"
    path.write_text(head + "\n" + "    pass\n" * (_ROWS + 1))
    recording, _ = drawn(random.Random(seed), 13)
    recording.frames = [Frame("<module>", str(path), each.line + 2) for each in recording.frames]
    held = recording.sites.figures["peak_bytes"]
    row = held.index(max(held))
    line = frozenset([(str(path), row + 3)])
    bounded = NextPeak(recording, None).at_most_bytes(line, held[row])
    ticks = recording.ticks
    first = next(at for at, tick in enumerate(ticks) if tick.node == row + 1)
    known = max(
        (at for at in range(first) if ticks[at].node), default=0
    )  # the last that stood before
    before = max((tick.heap_bytes for tick in ticks[:known]), default=0)
    recording.ticks = [replace(tick, was_looked_at=False) for tick in ticks[:first]] + ticks[first:]
    without = NextPeak(recording, None).at_most_bytes(line, held[row])
    if head == "if True:":
        assert bounded <= max(0, recording.summary.peak_bytes - before)
        assert bounded <= without
    else:
        assert bounded == without


PROGRAM = """
import time
def prepared():
    blocks = [bytearray(1_000_000) for _ in range(60)]
    for _ in range(30): time.sleep(0.02)
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


def test_an_earlier_moment_that_is_over_before_the_next_tick(tmp_path: Path) -> None:
    """What is made and freed at once is a new peak, which the tick after it tells."""
    text = PROGRAM.replace("    for _ in range(30): time.sleep(0.02)\n", "").replace(
        "bytearray(1_000_000) for _ in range(60)", "bytearray(60_000_000)"
    )
    found, peak, _ = advised(tmp_path / "program", text, "--snapshot", "peak,end")
    first = found["findings"][0]
    assert first["code"] == "HW702"
    assert 0.38 * peak < first["saving_bytes"] < 0.42 * peak


def test_two_pages_of_the_same_are_no_second_peak(tmp_path: Path) -> None:
    text = PROGRAM.replace("print(prepared())", "print(sum(len(row) for row in rows()))")
    found, peak, _ = advised(tmp_path / "program", text, "--snapshot", "peak,end")
    first = found["findings"][0]
    assert first["code"] == "HW702"
    assert first["saving_bytes"] > 0.9 * peak


def in_turns(turns: list[tuple[int, int]], every: int) -> tuple[Any, int, int]:
    """A recording of a loop, each turn of which loads what takes some bytes, and works on it by line 2; looked at every
    so many ticks. With the bytes that the line held at the peak, and the most that all else ever holds."""
    held, rest, node = [], [], []
    for load, work in turns:
        held += [0] * 9 + [work] * 9 + [0] * 3
        rest += (
            [load * max(0, min(step, 8) - 2) // 6 for step in range(9)] + [load // 4] * 9 + [0] * 3
        )
        node += [1] * 9 + [2] * 9 + [3] * 3
    heap = [a + b for a, b in zip(held, rest, strict=True)]
    at = heap.index(max(heap))
    recording = SimpleNamespace(
        summary=SimpleNamespace(peak_bytes=heap[at], peak_s=float(at)), site_ids=[0], site_user_frames=[2],
        frames=[Frame("main", "", 0), Frame("load", "", 1), Frame("work", "", 2), Frame("main", "", 3), Frame("Thread._bootstrap", "", 4)],
        sites=SimpleNamespace(figures={"peak_bytes": [held[at]]}, parent=[0], frame=[2]),
        node_parents=[0] * 5, node_frames=list(range(5)), moments=[Moment(0.0, [])],
        ticks=[
            Tick(float(step), 0, heap[step], 0, node[step], highest_bytes=heap[step], was_looked_at=step % every == 0)
            for step in range(len(heap))
        ],
    )  # fmt: skip
    return recording, held[at], max(rest)


@pytest.mark.parametrize("seed", range(60))
def test_what_comes_between_two_turns_of_a_loop_bounds_the_saving(seed: int) -> None:
    """What the line held is never counted as what stays; a load that is seen to its end is."""
    dice = random.Random(seed)
    every = dice.choice((1, 3))
    turns = [(dice.randrange(10_000, 60_000), dice.randrange(60_000, 100_000)) for _ in range(4)]
    recording, held, left = in_turns(turns, every)
    found = NextPeak(recording, None).at_most_bytes(frozenset([("", 2)]), held)
    true = min(recording.summary.peak_bytes - left, held)
    assert true <= found
    if every == 1:
        assert found == pytest.approx(true, rel=0.02)


def test_what_the_main_thread_does_while_another_one_runs_the_line_bounds_nothing() -> None:
    recording, held, left = in_turns([(20_000, 80_000), (60_000, 80_000)], 1)
    lines = frozenset([("", 2)])
    assert NextPeak(recording, None).at_most_bytes(lines, held) == 95_000 - left == 35_000
    recording.sites.parent[0] = 4
    assert NextPeak(recording, None).at_most_bytes(lines, held) == held == 80_000
