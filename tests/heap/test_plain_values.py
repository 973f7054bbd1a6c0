"""Which dates, times and decimal numbers are equal: as many as differ in what they show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.model.snapshot import Snapshot

PROGRAM = """
import datetime, random, sys
from datetime import date, time, timedelta, timezone
from decimal import Decimal
import heapwise
dice = random.Random(7)
zones = [None, timezone.utc, timezone(timedelta(hours=2)), timezone(timedelta(hours=2))]
of = dice.randrange
kept = [MADE for _ in range(3000)]
for each in kept[::2]: hash(each)  # kept in the object from then on
print(len({(repr(each), id(getattr(each, "tzinfo", None))) for each in kept}))
heapwise.snapshot(sys.argv[1])
"""
MADE = {
    "datetime.date": "date(2020 + of(3), 1 + of(12), 1 + of(28))",
    "datetime.datetime": "datetime.datetime(2026, 1 + of(2), 1 + of(3), of(24), of(2), fold=of(2), "
                         "microsecond=of(2), tzinfo=dice.choice(zones))",
    "datetime.time": "time(of(24), of(3), microsecond=of(3), fold=of(2), tzinfo=dice.choice(zones))",
    "datetime.timedelta": "timedelta(of(9) - 4, of(9), of(9))",
    "decimal.Decimal": "dice.choice((1, -1)) * Decimal(of(9)) / dice.choice((1, 7, Decimal(10) ** of(3)))",
}  # fmt: skip
LARGE = "Decimal(f'{of(9)}' * dice.choice((1, 30, 60)))"


@pytest.mark.parametrize(("name", "made"), [*MADE.items(), ("decimal.Decimal", LARGE)])
def test_as_many_are_equal_as_look_alike(tmp_path: Path, name: str, made: str) -> None:
    path = tmp_path / "a.hw"
    program = PROGRAM.replace("MADE", made)
    ran = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
    )
    snapshot = Snapshot.open(path)
    kept = next(
        step.node for node in snapshot.of_type_exactly("dict") for step in snapshot.steps_from(node)
        if step.name == "kept"
    )  # fmt: skip
    held = {step.node for step in snapshot.steps_from(kept)}
    first = dict(snapshot.copies)
    different = {first.get(node, node) for node in snapshot.of_type_exactly(name) if node in held}
    assert len(different) == int(ran.stdout)
