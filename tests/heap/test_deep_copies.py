"""HW416: deep copies whose objects are equal to those that they were made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

PLANS = """
import copy, dataclasses, time
@dataclasses.dataclass
class Stop:
    name: str
    minutes: int
    ways: list
@dataclasses.dataclass
class Plan:
    number: int
    stops: dict
class Planner:
    def __init__(self, count):
        stops = {n: Stop(f"stop {n}", n, [n, n + 1, n + 2]) for n in range(count)}
        self.plans = [Plan(0, stops)]
    def delay(self, n, minutes):
        CHANGED
        self.plans.append(plan)
planner = Planner(120)
for n in range(60): planner.delay(n, n % 7)
print(len(planner.plans), sum(stop.minutes for plan in planner.plans for stop in plan.stops.values()))
time.sleep(0.3)
"""
DEEP = """plan = copy.deepcopy(self.plans[-1])  # copied
        plan.number += 1
        plan.stops[n].minutes += minutes"""
SHARED = """last = self.plans[-1]
        stop = dataclasses.replace(last.stops[n], minutes=last.stops[n].minutes + minutes)
        plan = Plan(last.number + 1, {**last.stops, n: stop})"""
DIFFERENT = DEEP.replace("plan.stops[n].minutes += minutes", "for each in plan.stops.values(): each.minutes += 300 + n; each.ways.append(each.minutes)")  # fmt: skip
FLAT = "plan = copy.copy(self.plans[-1])"


def test_they_are_told_with_what_sharing_saves(tmp_path: Path) -> None:
    bad, good = (PLANS.replace("CHANGED", way) for way in (DEEP, SHARED))
    assert_one_arm_is_told(tmp_path, "HW416", bad, good, "# copied")


@pytest.mark.parametrize("way", [DIFFERENT, FLAT], ids=["different", "flat"])
def test_copies_that_become_different_and_flat_ones_are_not(way: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW416", PLANS.replace("CHANGED", way))
