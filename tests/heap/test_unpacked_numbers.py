"""HW303: numbers that were narrow in the data that they were unpacked from may stay so; others take 8 bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from heapwise.model.snapshot import Snapshot
from tests.conftest import Runner
from tests.heap.test_whole_programs import advised

PROGRAM = """
import random, struct, sys
from array import array
rng = random.Random(1)
data = array(CODE, (rng.randrange(LEAST, MOST) for _ in range(300_000)))
def decode(data): return MADE
samples = decode(data)
del data
print(len(samples))
"""
UNPACKED = "struct.unpack(f'{len(data)}' + CODE, data.tobytes())"


def program(code: str, least: int, most: int, made: str) -> str:
    text = PROGRAM.replace("MADE", made).replace("CODE", repr(code))
    return text.replace("LEAST", str(least)).replace("MOST", str(most))


@pytest.mark.parametrize(
    ("code", "least", "most", "made", "item_bytes"),
    [
        ("h", -32_768, 32_768, UNPACKED, 2),
        ("H", 300, 65_536, "data.tolist()", 2),
        ("i", -(2**31), 2**31, UNPACKED, 4),
        ("I", 2**31, 2**32, "data.tolist()", 4),
        ("q", 2**40, 2**41, UNPACKED, 8),
        ("h", -32_768, 32_768, "[2 * each for each in data]", 8),
        ("f", -(2**24), 2**24, "data.tolist()", 4),
        ("d", -(2**24), 2**24, "[each / 3 for each in data.tolist()]", 8),
        ("d", -(2**24), 2**24, "[each / 4 for each in data]", 8),
    ],
)
def test_by_what_they_were_unpacked_from(
    code: str, least: int, most: int, made: str, item_bytes: int, tmp_path: Path
) -> None:
    found, before, _ = advised(
        tmp_path / "run", program(code, least, most, made), "--snapshot", "end"
    )
    [told] = [each for each in found["findings"] if each["code"] == "HW303"]
    box_bytes = 24 if code in "fd" else 32
    assert told["saving_bytes"] == pytest.approx(300_000 * (8 + box_bytes - item_bytes), rel=0.03)
    assert told["saving_bytes"] < before
    expected = code if item_bytes < 8 or code == "d" else "q"
    assert f"array.array({expected!r}" in told["fix"]


def test_facts_of_lists_of_ints(run_program: Runner) -> None:
    run = run_program(
        """
        kept = {
            "bytes": list(range(-128, 128)), "unsigned bytes": list(range(256)), "short": [-129] + [0] * 99,
            "unsigned short": (40_000,) * 64, "few": [1] * 63, "mixed": [1] * 99 + [1.5], "none": [None] * 99,
            "long": [2**31] * 99, "signed long": [-(2**31)] * 99, "wide": [2**32] * 99, "huge": [2**70] * 99,
            "true": [True] * 99, "halves": [1.5, float("nan"), float("inf"), -0.0] * 20, "thirds": [1 / 3] * 99,
            "beyond": [1e300] * 99, "a half at last": [1 / 3] * 99 + [0.5],
        }
        """,
        options=["--snapshot", "end"],
    )
    [path] = run.path.parent.glob("*.snapshot.hw")
    snapshot = Snapshot.open(path)
    names = {
        str(step.name): step.node
        for node in snapshot.of_type_exactly("dict") for step in snapshot.steps_from(node)
        if step.kind == "key" and snapshot.type_of(step.node) in ("list", "tuple")
    }  # fmt: skip
    told = {
        name: (snapshot.fact("item_bytes", names[name]), snapshot.fact("item_unsigned", names[name]))
        for name in ("bytes", "unsigned bytes", "short", "unsigned short", "few", "mixed", "none", "long",
                     "signed long", "wide", "huge", "true", "halves", "thirds", "beyond", "a half at last")
    }  # fmt: skip
    assert told == {
        "bytes": (1, 0), "unsigned bytes": (1, 1), "short": (2, 0), "unsigned short": (2, 1), "few": (0, 0),
        "mixed": (0, 0), "none": (0, 0), "long": (4, 1), "signed long": (4, 0), "wide": (0, 0), "huge": (0, 0),
        "true": (0, 0), "halves": (4, 0), "thirds": (0, 0), "beyond": (0, 0), "a half at last": (0, 0),
    }  # fmt: skip
