"""HW346: pixels that became float64 are found with what the change saves that their uses allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_one_arm_is_told

IMAGES = """
import time
import numpy as np
def images(): return np.tile(np.arange(256, dtype=np.uint8), 30_000).reshape(60, -1)
def main():
    x = images()
    WHOLE
    time.sleep(0.1)
    USES
print(round(main(), 3))
"""


def program(whole: str, uses: str) -> str:
    """A program that scales images, and looks at them."""
    return IMAGES.replace("WHOLE", whole).replace("USES", uses)


BY_PARTS = "return float(np.mean([x[i:i + 4].mean() for i in range(0, len(x), 4)]))"
PAIRS = {
    "read by parts": (
        program("x = x / 255.0  # scaled", BY_PARTS),
        program("", BY_PARTS.replace("x[i:i + 4]", "(x[i:i + 4] / np.float32(255))")),
    ),
    "worked out step by step": (
        program(
            "scaled = x / 255.0\n    y = (scaled - 0.5) / 0.25  # scaled",
            "return 1 + float(y[:5].mean(dtype=float))",
        ),
        program(
            "y = x.astype('f4')\n    y /= 255\n    y -= 0.5\n    y /= 0.25",
            "return 1 + float(y[:5].mean(dtype=float))",
        ),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_saving_is_what_the_uses_allow(name: str, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    bad, good = PAIRS[name]
    assert_one_arm_is_told(tmp_path, "HW346", bad, good, "# scaled", within=0.1)


@pytest.mark.parametrize(
    "uses", ["return float(np.sort(x, axis=0)[0].mean())", "return float(x[3].mean())"]
)
def test_what_is_needed_whole_saves_half(uses: str, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    found, _, _ = advised(tmp_path, program("x = x / 255.0", uses), "--snapshot", "peak,end")
    [told] = [each for each in found["findings"] if each["code"] == "HW346"]
    assert told["saving_bytes"] == pytest.approx(7_680_000 * 4, rel=0.01)


INSPECTOR = """
import time
import numpy as np
class Inspector:
    def __init__(self, count):
        self.photos = np.empty((count, 128_000), dtype=np.uint8)
        for n in range(count): self.photos[n] = np.arange(128_000) % (200 + n)
        self.prepare()
    def prepare(self):
        PREPARED
        time.sleep(0.3)
        self.rest = REST
    def batch(self, at):
        return PART
    def scores(self):
        for at in range(0, len(self.photos), 4): yield float(self.batch(at).mean(dtype=float))
inspector = Inspector(60)
print(round(sum(inspector.scores()), 1))
"""


@pytest.mark.parametrize("rest", ["None", "[bytes(1000) for n in range(32_000)]"])
def test_an_attribute_that_a_method_gives_in_slices(rest: str, tmp_path: Path) -> None:
    """The bytes that the wide array took the place of stay, once the parts are scaled one by one: they are no part of a
    peak that comes after."""
    pytest.importorskip("numpy")
    text = INSPECTOR.replace("REST", rest)
    bad = text.replace("PREPARED", "self.photos = self.photos / 255  # scaled")
    good = text.replace("PREPARED", "pass")
    bad = bad.replace("PART", "self.photos[at:at + 4]")
    good = good.replace("PART", "self.photos[at:at + 4] / np.float32(255)")
    assert_one_arm_is_told(tmp_path, "HW346", bad, good, "# scaled", within=0.06)


DATASET = """
import time
import numpy as np
np.save("photos.npy", np.resize(np.arange(251, dtype=np.uint8), (60, 128_000)))
class Dataset:
    def __init__(self, path):
        self.photos = MADE  # made
        self.labels = np.arange(len(self.photos)) % 3
        time.sleep(0.3)
    def batch(self, rows):
        return PART, self.labels[rows]
dataset = Dataset("photos.npy")
total = 0.0
for first in range(0, 60, 2):
    photos, labels = dataset.batch(np.arange(first, first + 2))
    total += float(photos[labels > 0].mean(dtype=float))
print(round(total, 1))
"""


def test_the_rows_of_an_attribute_that_an_argument_tells(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    bad = DATASET.replace("MADE", "np.load(path) / 255.0")
    good = DATASET.replace("MADE", "np.load(path)")
    bad = bad.replace("PART", "self.photos[rows]")
    good = good.replace("PART", "self.photos[rows] / np.float32(255)")
    assert_one_arm_is_told(tmp_path, "HW346", bad, good, "# made", within=0.06)


def test_rows_that_the_object_itself_tells_may_be_all(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    text = DATASET.replace("MADE", "np.load(path) / 255.0").replace(
        "PART", "self.photos[self.labels >= 0]"
    )
    text = text.replace("[labels > 0]", "")
    found, _, _ = advised(tmp_path, text, "--snapshot", "peak,end")
    [told] = [each for each in found["findings"] if each["code"] == "HW346"]
    assert told["saving_bytes"] == pytest.approx(7_680_000 * 4, rel=0.01)
