"""HW422: streams in memory that are written to and never read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

FORWARDED = """
import io, logging, time
class Forwarding(logging.BASE):
    def __init__(self, *given):
        super().__init__(*given)
        self.count = 0
    def emit(self, record):
        BEFORE
        self.count += len(self.format(record))
handler = Forwarding(GIVEN)  # made
logger = logging.getLogger("steps")
logger.setLevel(logging.INFO)
logger.propagate = False
logger.addHandler(handler)
for n in range(30_000): logger.info("step %d: %s", n, "state=ready shard=eu-1 " * 20)
time.sleep(0.2)
AFTER
print(handler.count)
"""


def program(base: str, before: str, given: str, after: str = "pass") -> str:
    text = FORWARDED.replace("BASE", base).replace("BEFORE", before)
    return text.replace("GIVEN", given).replace("AFTER", after)


def test_a_handler_that_writes_for_nobody(tmp_path: Path) -> None:
    bad = program("StreamHandler", "super().emit(record)", "io.StringIO()")
    good = program("Handler", "pass", "")
    assert_one_arm_is_told(tmp_path, "HW422", bad, good, "# made")


@pytest.mark.parametrize(
    "after",
    [
        "handler.stream.getvalue()",
        "handler.stream.seek(0)",
        "print(len(handler.stream.readlines()))",
    ],
)
def test_streams_that_are_read_are_not_told(after: str, tmp_path: Path) -> None:
    text = program("StreamHandler", "super().emit(record)", "io.StringIO()", after)
    assert_is_not_told(tmp_path, "HW422", text)


def test_streams_of_no_handler_are_not_told(tmp_path: Path) -> None:
    text = """
import io, time
stream = io.StringIO("".join(f"{n},{n * 7}\\n" for n in range(400_000)))
total = sum(int(line.split(",")[1]) for line in stream)
time.sleep(0.2)
print(total)
"""
    assert_is_not_told(tmp_path, "HW422", text)
