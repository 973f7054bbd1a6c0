"""HW772: a local that its function's name keeps while others work on what was made of it."""

from __future__ import annotations

from pathlib import Path

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

CHAIN = """
import time
def load(n): return [float(k) for k in range(n)]
def smooth(volume): return [each / 2 for each in volume]
def window(volume):
    out = [each * 0.5 for each in volume]
    time.sleep(0.3)
    return out
def process(n):
    FIRST  # loaded
    return sum(window(smooth(GIVEN)))
print(process(120_000))
"""


def test_a_local_that_a_chain_of_calls_needs_once(tmp_path: Path) -> None:
    bad = CHAIN.replace("FIRST", "volume = load(n)").replace("GIVEN", "volume")
    good = CHAIN.replace("FIRST", "pass").replace("GIVEN", "load(n)")
    assert_one_arm_is_told(tmp_path, "HW772", bad, good, "# loaded")


def test_a_local_that_others_keep_is_not_told(tmp_path: Path) -> None:
    text = CHAIN.replace("FIRST", "volume = load(n); KEPT.append(volume)").replace(
        "GIVEN", "volume"
    )
    assert_is_not_told(tmp_path, "HW772", "KEPT = []\n" + text)
