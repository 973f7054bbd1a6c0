"""Many small frames and arrays, and what one large one saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_advise import advised, assert_true_of

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
