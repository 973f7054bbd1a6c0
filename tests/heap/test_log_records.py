"""HW328: a few log records, where their arguments are large."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised

PROGRAM = """
import collections, logging
class Recent(logging.Handler):
    def __init__(self, count):
        super().__init__()
        self.kept = collections.deque(maxlen=count)
    def emit(self, record): self.kept.append(HERE)
class Frame:
    def __init__(self, n): self.n, self.pixels = n, bytearray(b"p") * SIZE
    def __str__(self): return f"frame {self.n}"
log = logging.getLogger("camera")
log.setLevel(logging.INFO)
log.propagate = False
recent = Recent(100)
log.addHandler(recent)
work = bytearray(2_000_000)
for n in range(150): log.info("stored %s", Frame(n))
print(len(recent.kept))
"""


@pytest.mark.parametrize("recent", ["record", "(record.levelname, record)", "{'record': record}"])
def test_records_that_keep_large_arguments_are_found(recent: str, tmp_path: Path) -> None:
    text = PROGRAM.replace("SIZE", "100_000")
    bad, good = text.replace("HERE", recent), text.replace("HERE", "self.format(record)")
    found, before, said = advised(tmp_path / "bad", bad, "--snapshot", "peak,end")
    twin, after, twin_said = advised(tmp_path / "good", good, "--snapshot", "peak,end")
    assert said == twin_said != ""
    first = next(each for each in found["findings"] if each["code"] == "HW328")
    assert "log.info(" in bad.splitlines()[first["line"] - 1]
    assert 0.9 * (before - after) <= first["saving_bytes"] <= 1.1 * (before - after)
    assert "HW328" not in [each["code"] for each in twin["findings"]]


def test_a_few_small_records_are_not_told(tmp_path: Path) -> None:
    text = PROGRAM.replace("SIZE", "1000").replace("HERE", "record")
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW328" not in [each["code"] for each in found["findings"]]
