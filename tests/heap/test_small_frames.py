"""Many small frames and arrays, and what one large one saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_advise import advised, assert_true_of
from tests.heap.test_whole_programs import assert_one_arm_is_told

PAIRS = {
    "Series in a dict": (
        "import pandas as pd\nkept = {f'user {i}': pd.Series([i * 0.5, 2.0, 3.0]) for i in range(3_000)}",
        """
        import pandas as pd
        kept = pd.DataFrame({"key": pd.Series([f"user {i}" for i in range(3_000) for _ in range(3)], dtype="category"),
            "value": [each for i in range(3_000) for each in (i * 0.5, 2.0, 3.0)]})
        """,
    ),
    "frames in a list": (
        "import pandas as pd\nkept = [pd.DataFrame([[i * 0.5, 2.0], [1.0, 3.0]]) for i in range(2_000)]",
        """
        import pandas as pd
        kept = pd.DataFrame({"key": [i for i in range(2_000) for _ in range(2)],
            "a": [each for i in range(2_000) for each in (i * 0.5, 2.0)], "b": 1.0})
        """,
    ),
    "arrays in a list": (
        "import numpy as np\nkept = [np.array([i * 0.5, 2.0, 3.0]) for i in range(20_000)]",
        "import numpy as np\nkept = np.ones((20_000, 3)) * np.arange(20_000)[:, None]",
    ),
    "arrays in a dict": (
        "import numpy as np\nkept = {i: np.array([i * 0.5, 2.0, 3.0]) for i in range(60_000)}",
        "import numpy as np\nkept = {i: i + 100_000 for i in range(60_000)}, np.ones((60_000, 3)) * np.arange(60_000)[:, None]",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_small_frames_are_found_and_the_saving_is_true(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pandas" if "pandas" in PAIRS[name][0] else "numpy")
    assert_true_of("HW329", PAIRS[name], tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nkept = [np.ones(100) * i for i in range(2_000)]",
        "import numpy as np\nfew = [np.ones(3) * i for i in range(10)]\nkept = [few[i % 10] for i in range(20_000)]",
        "import pandas as pd\nkept = [pd.Series([i * 0.5] * 2_000) for i in range(1_000)]",
    ],
)
def test_large_and_shared_ones_are_left_alone(source: str, tmp_path: Path) -> None:
    pytest.importorskip("pandas" if "pandas" in source else "numpy")
    found, _ = advised(tmp_path, source)
    assert "HW329" not in {each["code"] for each in found["findings"]}


TRACK = """
import time
from array import array
import numpy as np
class Track:
    def __init__(self): self.points = KIND
    def read(self):
        for n in range(100_000): ADDED  # added
        time.sleep(0.2)
track = Track()
track.read()
print(sum(float(each) for n in range(2) for each in np.asarray(track.points[n * 3:n * 3 + 1]).ravel()[:1]))
"""


def test_what_small_arrays_ask_for_is_known(tmp_path: Path) -> None:
    """Heads and shapes are rounded up by the allocators, and so are the numbers that stay."""
    pytest.importorskip("numpy")
    bad = TRACK.replace("KIND", "[]").replace(
        "ADDED", "self.points.append(np.array([0.5, float(n), 2.0]))"
    )
    good = TRACK.replace("KIND", "array('d')").replace(
        "ADDED", "self.points.extend((0.5, float(n), 2.0))"
    )
    assert_one_arm_is_told(tmp_path, "HW329", bad, good, "# added", within=0.04)
