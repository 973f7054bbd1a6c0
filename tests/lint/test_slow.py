"""What takes time and no memory is told by the processor's time that its line took."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.heap.test_whole_programs import advised

QUEUE = """
from collections import deque
class Jobs:
    def __init__(self):
        self.waiting = MADE
    def add(self, job):
        self.waiting.append(job)
    def next(self):
        return self.waiting.TAKEN  # taken
jobs = Jobs()
for job in range(COUNT):
    jobs.add(job)
print(sum(jobs.next() for _ in range(COUNT)))
"""


def found(folder: Path, made: str, taken: str, count: int) -> list[dict[str, Any]]:
    text = QUEUE.replace("MADE", made).replace("TAKEN", taken).replace("COUNT", str(count))
    told, _, _ = advised(folder, text)
    return [each for each in told["findings"] if each["code"] == "HW607"]


def test_a_list_used_as_a_queue_is_told_where_it_takes_time(tmp_path: Path) -> None:
    [told] = found(tmp_path, "[]", "pop(0)", 70_000)
    assert QUEUE.splitlines()[told["line"] - 1].endswith("# taken")
    assert told["saving_bytes"] == 0
    assert "of the processor's time, " in told["evidence"][-1]


@pytest.mark.parametrize("way", [("deque()", "popleft()", 300_000), ("[]", "pop(0)", 200)])
def test_what_takes_none_is_not(tmp_path: Path, way: tuple[str, str, int]) -> None:
    assert not found(tmp_path, *way)
