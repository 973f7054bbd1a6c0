"""Pixels and samples that became float64."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Runner, advice
from tests.heap.test_lines_and_objects import advised

FRAMES = "import numpy as np\nframes = np.tile(np.arange(256, dtype='u1'), 16_384)\n"
WIDE = {
    "expression": """
def prepare(x):
    x = x / 255.0
    return (x - 0.5) / 0.25
kept = prepare(frames)
""",
    "expression that is late": """
import time
def prepare(x):
    x = x / 255.0
    time.sleep(0.5)  # the peak is looked at here
    return (x - 0.5) / 0.25
kept = prepare(frames)
""",
    "in place": """
def prepare(x):
    x = x.astype(float)
    x /= 255
    return x
kept = prepare(frames)
""",
    "float32 that meets float64": """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "vectors")
frames.astype('f4').tofile(path)
def prepare(path):
    raw = np.fromfile(path, 'float32')
    return raw * np.array([1.1])
kept = prepare(path)
""",
    "float32 that meets a number of float64": """
def bias(x): return x[:100].astype('f8').mean()
def prepare(x): return x - bias(x)
def fields():
    for n in range(64):
        field = np.random.default_rng(n).standard_normal(65_536, dtype=np.float32)
        yield field
kept = [prepare(field) for field in fields()]
""",
    "stacked": "kept = [part / 255 for part in np.split(frames, 4)]",
}
NARROW = {
    "float32": "def prepare(x):\n    x = x.astype('f4')\n    x /= 255\n    return x\nkept = prepare(frames)",
    "divided": "kept = np.divide(frames, 255, dtype=np.float32)",
    "other numbers": "kept = np.sqrt(np.arange(4_000_000.0)) / 3.0",
    "float32 that meets float32": """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "vectors")
frames.astype('f4').tofile(path)
def prepare(path): return np.fromfile(path, 'float32') * np.array([1.1], dtype='float32')
kept = prepare(path)
""",
    "float64 that is asked for": """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "vectors")
frames.astype('f4').tofile(path)
def prepare(path): return np.fromfile(path, 'float32').astype('float64') * 1.1
kept = prepare(path)
""",
    "float64 beside float32": """
def main():
    opens, closes = np.random.default_rng(1).random(2_000_000) * 1e9, np.random.default_rng(2).random(2_000_000) * 1e9
    weights = np.ones(2_000_000, dtype=np.float32)
    seconds = 1.7e9 + np.arange(2_000_000) * 0.001
    return closes - opens, weights, seconds
kept = main()
""",
    "the type of what was float64": """
ticks = np.random.default_rng(1).standard_normal(1000, dtype=np.float32)
def filled(count):
    row = np.random.default_rng(2).random(65_536).astype(np.float64)
    out = np.empty((count, 65_536), dtype=row.dtype)
    for n in range(count): out[n] = row + n
    return out
kept = filled(64)
""",
    "reduced": "kept = np.random.default_rng(0).random(4_000_000), (frames / 255.0).mean()",
}


@pytest.mark.parametrize("name", WIDE)
def test_scaled_pixels_take_twice_what_they_need(run_program: Runner, name: str) -> None:
    pytest.importorskip("numpy")
    found, _ = advised(run_program, FRAMES + WIDE[name] + "\ndel frames\n")
    [told] = [each for each in found if each["code"] == "HW346"]
    # Of two arrays that are there at once, one in place, and narrow, is left.
    saved_each = 12 if name.startswith("expression") else 4
    assert told["saving_bytes"] == pytest.approx(256 * 16_384 * saved_each, rel=0.02)


@pytest.mark.parametrize("name", NARROW)
def test_what_is_narrow_or_was_wide_before(run_program: Runner, name: str) -> None:
    pytest.importorskip("numpy")
    found, _ = advised(run_program, FRAMES + NARROW[name])
    assert "HW346" not in {each["code"] for each in found}


OF_A_PART = """
import numpy as np
def part(n): return np.random.default_rng(n).standard_normal(65_536, dtype=np.float32)
window = np.hanning(65_536)
def filled(count):
    out = None
    for n in range(count):
        row = np.log(part(n) * window + 9)
        if out is None: out = np.empty((count, 65_536), dtype=row.dtype)
        out[n] = row
    return out
kept = [filled(8) for _ in range(16)]
print(kept[3].mean(dtype=np.float64))
"""


def test_an_array_of_the_type_that_a_part_came_to(run_program: Runner) -> None:
    """The last is not filled at the peak, and not looked at."""
    pytest.importorskip("numpy")
    found, _ = advised(run_program, OF_A_PART)
    [told] = [each for each in found if each["code"] == "HW346"]
    assert told["saving_bytes"] == pytest.approx(15 * 8 * 65_536 * 4, rel=0.1)
    narrow = OF_A_PART.replace("np.hanning(65_536)", "np.hanning(65_536).astype('f4')")
    for other in (
        narrow,
        OF_A_PART.replace("+ 9)", "+ 9).astype(float)"),
        OF_A_PART.replace("+ 9)", "+ 9) + 1e9"),
    ):
        found, _ = advised(run_program, other)
        assert "HW346" not in {each["code"] for each in found}


FILLED = """
import numpy as np
def ids(count):
    found = np.random.default_rng(3).integers(1, 2**20, count)
    HERE
    return found
kept = ids(3_000_000)
print(len(kept))
"""


@pytest.mark.parametrize(
    ("later", "is_told"),
    [("np.cumsum(found, out=found)\n    found += 1 << 50", False), ("found += 1", True)],
    ids=["wider", "as wide"],
)
def test_arrays_that_are_written_to_are_told_by_what_they_come_to(
    run_program: Runner, later: str, is_told: bool
) -> None:
    """At the peak, where its numbers are made, an array may be narrower than it will be."""
    found, _ = advised(run_program, FILLED.replace("HERE", later))
    assert ("HW308" in {each["code"] for each in found}) is is_told


AS_READ = """
import numpy as np
with open("grid.bin", "wb") as file:
    for _ in range(2000): file.write((bytes(6) + b"\\xe0\\x3f" + bytes(6) + b"\\xf0\\x3f") * 500)
def read(path): return HERE
kept = read("grid.bin")
print(float(kept.sum()))
"""


@pytest.mark.parametrize(
    ("made", "is_told"),
    [("np.fromfile(path)", False), ("np.arange(2_000_000) % 3 / 2", True)],
    ids=["read", "made"],
)
def test_arrays_that_have_the_type_of_a_file_are_not_told(
    run_program: Runner, made: str, is_told: bool
) -> None:
    found, _ = advised(run_program, AS_READ.replace("HERE", made))
    assert ("HW308" in {each["code"] for each in found}) is is_told


SKETCH = """
import numpy as np
def counted(blocks):
    sketch = np.zeros((4, 500_000), np.uint32)
    for number in range(blocks):
        block = np.random.default_rng(number).integers(0, 1 << 62, 150_000)
        for row, shift in zip(sketch, (1, 7, 19, 31)):
            HERE
    return sketch
kept = counted(12)
print(kept.sum())
"""
ROWS = "row[:20_000] += 1"
CELLS = "np.add.at(row, (block >> np.int64(shift)) % 500_000, 1)"


@pytest.mark.parametrize(("written", "is_told"), [(CELLS, False), (ROWS, True)], ids=["all", "few"])
def test_zeros_that_are_written_by_rows_are_told_by_what_they_come_to(
    run_program: Runner, written: str, is_told: bool
) -> None:
    found, _ = advised(run_program, SKETCH.replace("HERE", written))
    assert ("HW309" in {each["code"] for each in found}) is is_told


NOT_THERE_YET = (
    FRAMES
    + """
import heapwise
def given():
    heapwise.snapshot('run.peak.snapshot.hw')
    yield 1
try: np.fromiter(given(), 'u1', 45_000_000)  # an array that has no object yet
except ValueError: pass
kept = frames / 255.0
"""
)


def test_what_the_snapshot_of_the_peak_came_before_is_told_from_the_end(tmp_path: Path) -> None:
    """On the way to the peak arrays are made whose numbers are not there, or which nothing holds yet."""
    pytest.importorskip("numpy")
    (tmp_path / "program.py").write_text(NOT_THERE_YET)
    run = ["run", "-q", "--snapshot", "end", "-o", "run.hw", "program.py"]
    subprocess.run([sys.executable, "-m", "heapwise", *run], cwd=tmp_path, check=True, timeout=120)
    found = advice(tmp_path / "run.hw")["findings"]
    [told] = [each for each in found if each["code"] == "HW346"]
    assert told["saving_bytes"] == pytest.approx(256 * 16_384 * 4, rel=0.02)
    assert any("taken before" in each for each in told["evidence"])


NUMBERS = """
import time
import numpy as np
class _memoryviewslice:
    __slots__ = ("base",)
    def __init__(self, base): self.base = base
class Rows:
    __slots__ = ("base",)
    def __init__(self, base): self.base = base
kept = HERE(np.arange(1_500_000) % 90)
top = b"x" * 16_000_000  # the peak comes when the numbers have been made
time.sleep(0.3)
print(kept.base[3], len(top))
"""


@pytest.mark.parametrize(("holder", "is_told"), [("Rows", True), ("_memoryviewslice", False)])
def test_numbers_that_compiled_code_works_on_are_of_its_type(
    run_program: Runner, holder: str, is_told: bool
) -> None:
    found, _ = advised(run_program, NUMBERS.replace("HERE", holder))
    assert ("HW308" in {each["code"] for each in found}) is is_told
